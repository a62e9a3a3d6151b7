import $protobuf from "../wire.ts";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const runtime = $root.runtime = (() => {

 const runtime = {};

 runtime.v1 = (function() {

  const v1 = {};

  v1.CheckpointContainerRequest = (function() {

   const CheckpointContainerRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   CheckpointContainerRequest.prototype.containerId = "";
   CheckpointContainerRequest.prototype.location = "";
   CheckpointContainerRequest.prototype.timeout = 0n;

   CheckpointContainerRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(10).string(message.containerId);
    if (message.location != null && $Object.hasOwnProperty.call(message, "location") && message.location !== "")
     writer.uint32(18).string(message.location);
    if (message.timeout != null && $Object.hasOwnProperty.call(message, "timeout") && message.timeout !== 0n)
     writer.uint32(24).int64(message.timeout);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   CheckpointContainerRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.CheckpointContainerRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.location = value;
       else
        delete message.location;
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timeout = value;
       else
        delete message.timeout;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return CheckpointContainerRequest;
  })();

  v1.CheckpointContainerResponse = (function() {

   const CheckpointContainerResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   CheckpointContainerResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   CheckpointContainerResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.CheckpointContainerResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return CheckpointContainerResponse;
  })();

  v1.CheckpointPodRequest = (function() {

   const CheckpointPodRequest = function (properties) {
    this.containerIds = [];
    this.options = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   CheckpointPodRequest.prototype.podSandboxId = "";
   CheckpointPodRequest.prototype.outputPath = "";
   CheckpointPodRequest.prototype.containerIds = $util.emptyArray;
   CheckpointPodRequest.prototype.options = $util.emptyObject;

   CheckpointPodRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
     writer.uint32(10).string(message.podSandboxId);
    if (message.outputPath != null && $Object.hasOwnProperty.call(message, "outputPath") && message.outputPath !== "")
     writer.uint32(18).string(message.outputPath);
    if (message.containerIds != null && message.containerIds.length)
     for (let i = 0; i < message.containerIds.length; ++i)
      writer.uint32(26).string(message.containerIds[i]);
    if (message.options != null && $Object.hasOwnProperty.call(message, "options"))
     for (let keys = $Object.keys(message.options), i = 0; i < keys.length; ++i)
      writer.uint32(34).fork().uint32(10).string(keys[i]).uint32(18).string(message.options[keys[i]]).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   CheckpointPodRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.CheckpointPodRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podSandboxId = value;
       else
        delete message.podSandboxId;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.outputPath = value;
       else
        delete message.outputPath;
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (!(message.containerIds && message.containerIds.length))
        message.containerIds = [];
       message.containerIds.push(reader.stringVerify());
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       if (message.options === $util.emptyObject)
        message.options = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.options, key);
       message.options[key] = value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return CheckpointPodRequest;
  })();

  v1.CheckpointPodResponse = (function() {

   const CheckpointPodResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   CheckpointPodResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   CheckpointPodResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.CheckpointPodResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return CheckpointPodResponse;
  })();

  v1.RestorePodRequest = (function() {

   const RestorePodRequest = function (properties) {
    this.options = {};
    this.containerConfigs = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RestorePodRequest.prototype.checkpointPath = "";
   RestorePodRequest.prototype.config = null;
   RestorePodRequest.prototype.runtimeHandler = "";
   RestorePodRequest.prototype.options = $util.emptyObject;
   RestorePodRequest.prototype.containerConfigs = $util.emptyArray;

   RestorePodRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.checkpointPath != null && $Object.hasOwnProperty.call(message, "checkpointPath") && message.checkpointPath !== "")
     writer.uint32(10).string(message.checkpointPath);
    if (message.config != null && $Object.hasOwnProperty.call(message, "config"))
     $root.runtime.v1.PodSandboxConfig.encode(message.config, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.runtimeHandler != null && $Object.hasOwnProperty.call(message, "runtimeHandler") && message.runtimeHandler !== "")
     writer.uint32(26).string(message.runtimeHandler);
    if (message.options != null && $Object.hasOwnProperty.call(message, "options"))
     for (let keys = $Object.keys(message.options), i = 0; i < keys.length; ++i)
      writer.uint32(34).fork().uint32(10).string(keys[i]).uint32(18).string(message.options[keys[i]]).ldelim();
    if (message.containerConfigs != null && message.containerConfigs.length)
     for (let i = 0; i < message.containerConfigs.length; ++i)
      $root.runtime.v1.ContainerConfig.encode(message.containerConfigs[i], writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RestorePodRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RestorePodRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.checkpointPath = value;
       else
        delete message.checkpointPath;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.config = $root.runtime.v1.PodSandboxConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.config);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.runtimeHandler = value;
       else
        delete message.runtimeHandler;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       if (message.options === $util.emptyObject)
        message.options = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.options, key);
       message.options[key] = value;
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       if (!(message.containerConfigs && message.containerConfigs.length))
        message.containerConfigs = [];
       message.containerConfigs.push($root.runtime.v1.ContainerConfig.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RestorePodRequest;
  })();

  v1.RestoredContainer = (function() {

   const RestoredContainer = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RestoredContainer.prototype.name = "";
   RestoredContainer.prototype.containerId = "";

   RestoredContainer.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
     writer.uint32(10).string(message.name);
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(18).string(message.containerId);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RestoredContainer.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RestoredContainer();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.name = value;
       else
        delete message.name;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RestoredContainer;
  })();

  v1.RestorePodResponse = (function() {

   const RestorePodResponse = function (properties) {
    this.restoredContainers = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RestorePodResponse.prototype.podSandboxId = "";
   RestorePodResponse.prototype.restoredContainers = $util.emptyArray;

   RestorePodResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
     writer.uint32(10).string(message.podSandboxId);
    if (message.restoredContainers != null && message.restoredContainers.length)
     for (let i = 0; i < message.restoredContainers.length; ++i)
      $root.runtime.v1.RestoredContainer.encode(message.restoredContainers[i], writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RestorePodResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RestorePodResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podSandboxId = value;
       else
        delete message.podSandboxId;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (!(message.restoredContainers && message.restoredContainers.length))
        message.restoredContainers = [];
       message.restoredContainers.push($root.runtime.v1.RestoredContainer.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RestorePodResponse;
  })();

  v1.MountPropagation = (function() {
   const valuesById = $Object.create(null), values = $Object.create(valuesById);
   values[valuesById[0] = "PROPAGATION_PRIVATE"] = 0;
   values[valuesById[1] = "PROPAGATION_HOST_TO_CONTAINER"] = 1;
   values[valuesById[2] = "PROPAGATION_BIDIRECTIONAL"] = 2;
   return values;
  })();

  v1.Mount = (function() {

   const Mount = function (properties) {
    this.uidMappings = [];
    this.gidMappings = [];
    this.mountOptions = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Mount.prototype.containerPath = "";
   Mount.prototype.hostPath = "";
   Mount.prototype.readonly = false;
   Mount.prototype.selinuxRelabel = false;
   Mount.prototype.propagation = 0;
   Mount.prototype.uidMappings = $util.emptyArray;
   Mount.prototype.gidMappings = $util.emptyArray;
   Mount.prototype.recursiveReadOnly = false;
   Mount.prototype.image = null;
   Mount.prototype.imageSubPath = "";
   Mount.prototype.mountOptions = $util.emptyArray;

   Mount.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerPath != null && $Object.hasOwnProperty.call(message, "containerPath") && message.containerPath !== "")
     writer.uint32(10).string(message.containerPath);
    if (message.hostPath != null && $Object.hasOwnProperty.call(message, "hostPath") && message.hostPath !== "")
     writer.uint32(18).string(message.hostPath);
    if (message.readonly != null && $Object.hasOwnProperty.call(message, "readonly") && message.readonly !== false)
     writer.uint32(24).bool(message.readonly);
    if (message.selinuxRelabel != null && $Object.hasOwnProperty.call(message, "selinuxRelabel") && message.selinuxRelabel !== false)
     writer.uint32(32).bool(message.selinuxRelabel);
    if (message.propagation != null && $Object.hasOwnProperty.call(message, "propagation") && message.propagation !== 0)
     writer.uint32(40).int32(message.propagation);
    if (message.uidMappings != null && message.uidMappings.length)
     for (let i = 0; i < message.uidMappings.length; ++i)
      $root.runtime.v1.IDMapping.encode(message.uidMappings[i], writer.uint32(50).fork(), _depth + 1).ldelim();
    if (message.gidMappings != null && message.gidMappings.length)
     for (let i = 0; i < message.gidMappings.length; ++i)
      $root.runtime.v1.IDMapping.encode(message.gidMappings[i], writer.uint32(58).fork(), _depth + 1).ldelim();
    if (message.recursiveReadOnly != null && $Object.hasOwnProperty.call(message, "recursiveReadOnly") && message.recursiveReadOnly !== false)
     writer.uint32(64).bool(message.recursiveReadOnly);
    if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
     $root.runtime.v1.ImageSpec.encode(message.image, writer.uint32(74).fork(), _depth + 1).ldelim();
    if (message.imageSubPath != null && $Object.hasOwnProperty.call(message, "imageSubPath") && message.imageSubPath !== "")
     writer.uint32(82).string(message.imageSubPath);
    if (message.mountOptions != null && message.mountOptions.length)
     for (let i = 0; i < message.mountOptions.length; ++i)
      writer.uint32(90).string(message.mountOptions[i]);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Mount.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.Mount();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerPath = value;
       else
        delete message.containerPath;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.hostPath = value;
       else
        delete message.hostPath;
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.readonly = value;
       else
        delete message.readonly;
       continue;
      }
     case 4: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.selinuxRelabel = value;
       else
        delete message.selinuxRelabel;
       continue;
      }
     case 5: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.propagation = value;
       else
        delete message.propagation;
       continue;
      }
     case 6: {
       if (wireType !== 2)
        break;
       if (!(message.uidMappings && message.uidMappings.length))
        message.uidMappings = [];
       message.uidMappings.push($root.runtime.v1.IDMapping.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 7: {
       if (wireType !== 2)
        break;
       if (!(message.gidMappings && message.gidMappings.length))
        message.gidMappings = [];
       message.gidMappings.push($root.runtime.v1.IDMapping.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 8: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.recursiveReadOnly = value;
       else
        delete message.recursiveReadOnly;
       continue;
      }
     case 9: {
       if (wireType !== 2)
        break;
       message.image = $root.runtime.v1.ImageSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.image);
       continue;
      }
     case 10: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.imageSubPath = value;
       else
        delete message.imageSubPath;
       continue;
      }
     case 11: {
       if (wireType !== 2)
        break;
       if (!(message.mountOptions && message.mountOptions.length))
        message.mountOptions = [];
       message.mountOptions.push(reader.stringVerify());
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Mount;
  })();

  v1.KeyValue = (function() {

   const KeyValue = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   KeyValue.prototype.key = "";
   KeyValue.prototype.value = $util.newBuffer([]);

   KeyValue.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
     writer.uint32(10).string(message.key);
    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value.length)
     writer.uint32(18).bytes(message.value);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   KeyValue.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.KeyValue();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.key = value;
       else
        delete message.key;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.bytes()).length)
        message.value = value;
       else
        delete message.value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return KeyValue;
  })();

  v1.LinuxContainerConfig = (function() {

   const LinuxContainerConfig = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   LinuxContainerConfig.prototype.resources = null;
   LinuxContainerConfig.prototype.securityContext = null;

   LinuxContainerConfig.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.resources != null && $Object.hasOwnProperty.call(message, "resources"))
     $root.runtime.v1.LinuxContainerResources.encode(message.resources, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.securityContext != null && $Object.hasOwnProperty.call(message, "securityContext"))
     $root.runtime.v1.LinuxContainerSecurityContext.encode(message.securityContext, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   LinuxContainerConfig.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.LinuxContainerConfig();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.resources = $root.runtime.v1.LinuxContainerResources.decode(reader, reader.size(), $undefined, _depth + 1, message.resources);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.securityContext = $root.runtime.v1.LinuxContainerSecurityContext.decode(reader, reader.size(), $undefined, _depth + 1, message.securityContext);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return LinuxContainerConfig;
  })();

  v1.LinuxContainerUser = (function() {

   const LinuxContainerUser = function (properties) {
    this.supplementalGroups = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   LinuxContainerUser.prototype.uid = 0n;
   LinuxContainerUser.prototype.gid = 0n;
   LinuxContainerUser.prototype.supplementalGroups = $util.emptyArray;

   LinuxContainerUser.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== 0n)
     writer.uint32(8).int64(message.uid);
    if (message.gid != null && $Object.hasOwnProperty.call(message, "gid") && message.gid !== 0n)
     writer.uint32(16).int64(message.gid);
    if (message.supplementalGroups != null && message.supplementalGroups.length)
     writer.uint32(26).int64s(message.supplementalGroups);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   LinuxContainerUser.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.LinuxContainerUser();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.uid = value;
       else
        delete message.uid;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.gid = value;
       else
        delete message.gid;
       continue;
      }
     case 3: {
       if (wireType === 2) {
        if (!(message.supplementalGroups && message.supplementalGroups.length))
         message.supplementalGroups = [];
        reader.int64s(message.supplementalGroups);
        continue;
       }
       if (wireType !== 0)
        break;
       if (!(message.supplementalGroups && message.supplementalGroups.length))
        message.supplementalGroups = [];
       message.supplementalGroups.push(reader.int64());
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return LinuxContainerUser;
  })();

  v1.ContainerMetadata = (function() {

   const ContainerMetadata = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerMetadata.prototype.name = "";
   ContainerMetadata.prototype.attempt = 0;

   ContainerMetadata.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
     writer.uint32(10).string(message.name);
    if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
     writer.uint32(16).uint32(message.attempt);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerMetadata.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerMetadata();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.name = value;
       else
        delete message.name;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if (value = reader.uint32())
        message.attempt = value;
       else
        delete message.attempt;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerMetadata;
  })();

  v1.Device = (function() {

   const Device = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Device.prototype.containerPath = "";
   Device.prototype.hostPath = "";
   Device.prototype.permissions = "";

   Device.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerPath != null && $Object.hasOwnProperty.call(message, "containerPath") && message.containerPath !== "")
     writer.uint32(10).string(message.containerPath);
    if (message.hostPath != null && $Object.hasOwnProperty.call(message, "hostPath") && message.hostPath !== "")
     writer.uint32(18).string(message.hostPath);
    if (message.permissions != null && $Object.hasOwnProperty.call(message, "permissions") && message.permissions !== "")
     writer.uint32(26).string(message.permissions);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Device.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.Device();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerPath = value;
       else
        delete message.containerPath;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.hostPath = value;
       else
        delete message.hostPath;
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.permissions = value;
       else
        delete message.permissions;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Device;
  })();

  v1.CDIDevice = (function() {

   const CDIDevice = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   CDIDevice.prototype.name = "";

   CDIDevice.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
     writer.uint32(10).string(message.name);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   CDIDevice.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.CDIDevice();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.name = value;
       else
        delete message.name;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return CDIDevice;
  })();

  v1.Signal = (function() {
   const valuesById = $Object.create(null), values = $Object.create(valuesById);
   values[valuesById[0] = "SIGNAL_RUNTIME_DEFAULT"] = 0;
   values[valuesById[1] = "SIGNAL_SIGABRT"] = 1;
   values[valuesById[2] = "SIGNAL_SIGALRM"] = 2;
   values[valuesById[3] = "SIGNAL_SIGBUS"] = 3;
   values[valuesById[4] = "SIGNAL_SIGCHLD"] = 4;
   values[valuesById[5] = "SIGNAL_SIGCLD"] = 5;
   values[valuesById[6] = "SIGNAL_SIGCONT"] = 6;
   values[valuesById[7] = "SIGNAL_SIGFPE"] = 7;
   values[valuesById[8] = "SIGNAL_SIGHUP"] = 8;
   values[valuesById[9] = "SIGNAL_SIGILL"] = 9;
   values[valuesById[10] = "SIGNAL_SIGINT"] = 10;
   values[valuesById[11] = "SIGNAL_SIGIO"] = 11;
   values[valuesById[12] = "SIGNAL_SIGIOT"] = 12;
   values[valuesById[13] = "SIGNAL_SIGKILL"] = 13;
   values[valuesById[14] = "SIGNAL_SIGPIPE"] = 14;
   values[valuesById[15] = "SIGNAL_SIGPOLL"] = 15;
   values[valuesById[16] = "SIGNAL_SIGPROF"] = 16;
   values[valuesById[17] = "SIGNAL_SIGPWR"] = 17;
   values[valuesById[18] = "SIGNAL_SIGQUIT"] = 18;
   values[valuesById[19] = "SIGNAL_SIGSEGV"] = 19;
   values[valuesById[20] = "SIGNAL_SIGSTKFLT"] = 20;
   values[valuesById[21] = "SIGNAL_SIGSTOP"] = 21;
   values[valuesById[22] = "SIGNAL_SIGSYS"] = 22;
   values[valuesById[23] = "SIGNAL_SIGTERM"] = 23;
   values[valuesById[24] = "SIGNAL_SIGTRAP"] = 24;
   values[valuesById[25] = "SIGNAL_SIGTSTP"] = 25;
   values[valuesById[26] = "SIGNAL_SIGTTIN"] = 26;
   values[valuesById[27] = "SIGNAL_SIGTTOU"] = 27;
   values[valuesById[28] = "SIGNAL_SIGURG"] = 28;
   values[valuesById[29] = "SIGNAL_SIGUSR1"] = 29;
   values[valuesById[30] = "SIGNAL_SIGUSR2"] = 30;
   values[valuesById[31] = "SIGNAL_SIGVTALRM"] = 31;
   values[valuesById[32] = "SIGNAL_SIGWINCH"] = 32;
   values[valuesById[33] = "SIGNAL_SIGXCPU"] = 33;
   values[valuesById[34] = "SIGNAL_SIGXFSZ"] = 34;
   values[valuesById[35] = "SIGNAL_SIGRTMIN"] = 35;
   values[valuesById[36] = "SIGNAL_SIGRTMINPLUS1"] = 36;
   values[valuesById[37] = "SIGNAL_SIGRTMINPLUS2"] = 37;
   values[valuesById[38] = "SIGNAL_SIGRTMINPLUS3"] = 38;
   values[valuesById[39] = "SIGNAL_SIGRTMINPLUS4"] = 39;
   values[valuesById[40] = "SIGNAL_SIGRTMINPLUS5"] = 40;
   values[valuesById[41] = "SIGNAL_SIGRTMINPLUS6"] = 41;
   values[valuesById[42] = "SIGNAL_SIGRTMINPLUS7"] = 42;
   values[valuesById[43] = "SIGNAL_SIGRTMINPLUS8"] = 43;
   values[valuesById[44] = "SIGNAL_SIGRTMINPLUS9"] = 44;
   values[valuesById[45] = "SIGNAL_SIGRTMINPLUS10"] = 45;
   values[valuesById[46] = "SIGNAL_SIGRTMINPLUS11"] = 46;
   values[valuesById[47] = "SIGNAL_SIGRTMINPLUS12"] = 47;
   values[valuesById[48] = "SIGNAL_SIGRTMINPLUS13"] = 48;
   values[valuesById[49] = "SIGNAL_SIGRTMINPLUS14"] = 49;
   values[valuesById[50] = "SIGNAL_SIGRTMINPLUS15"] = 50;
   values[valuesById[51] = "SIGNAL_SIGRTMAXMINUS14"] = 51;
   values[valuesById[52] = "SIGNAL_SIGRTMAXMINUS13"] = 52;
   values[valuesById[53] = "SIGNAL_SIGRTMAXMINUS12"] = 53;
   values[valuesById[54] = "SIGNAL_SIGRTMAXMINUS11"] = 54;
   values[valuesById[55] = "SIGNAL_SIGRTMAXMINUS10"] = 55;
   values[valuesById[56] = "SIGNAL_SIGRTMAXMINUS9"] = 56;
   values[valuesById[57] = "SIGNAL_SIGRTMAXMINUS8"] = 57;
   values[valuesById[58] = "SIGNAL_SIGRTMAXMINUS7"] = 58;
   values[valuesById[59] = "SIGNAL_SIGRTMAXMINUS6"] = 59;
   values[valuesById[60] = "SIGNAL_SIGRTMAXMINUS5"] = 60;
   values[valuesById[61] = "SIGNAL_SIGRTMAXMINUS4"] = 61;
   values[valuesById[62] = "SIGNAL_SIGRTMAXMINUS3"] = 62;
   values[valuesById[63] = "SIGNAL_SIGRTMAXMINUS2"] = 63;
   values[valuesById[64] = "SIGNAL_SIGRTMAXMINUS1"] = 64;
   values[valuesById[65] = "SIGNAL_SIGRTMAX"] = 65;
   return values;
  })();

  v1.ContainerConfig = (function() {

   const ContainerConfig = function (properties) {
    this.command = [];
    this.args = [];
    this.envs = [];
    this.mounts = [];
    this.devices = [];
    this.labels = {};
    this.annotations = {};
    this.CDIDevices = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerConfig.prototype.metadata = null;
   ContainerConfig.prototype.image = null;
   ContainerConfig.prototype.command = $util.emptyArray;
   ContainerConfig.prototype.args = $util.emptyArray;
   ContainerConfig.prototype.workingDir = "";
   ContainerConfig.prototype.envs = $util.emptyArray;
   ContainerConfig.prototype.mounts = $util.emptyArray;
   ContainerConfig.prototype.devices = $util.emptyArray;
   ContainerConfig.prototype.labels = $util.emptyObject;
   ContainerConfig.prototype.annotations = $util.emptyObject;
   ContainerConfig.prototype.logPath = "";
   ContainerConfig.prototype.stdin = false;
   ContainerConfig.prototype.stdinOnce = false;
   ContainerConfig.prototype.tty = false;
   ContainerConfig.prototype.linux = null;
   ContainerConfig.prototype.windows = null;
   ContainerConfig.prototype.CDIDevices = $util.emptyArray;
   ContainerConfig.prototype.stopSignal = 0;

   ContainerConfig.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
     $root.runtime.v1.ContainerMetadata.encode(message.metadata, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
     $root.runtime.v1.ImageSpec.encode(message.image, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.command != null && message.command.length)
     for (let i = 0; i < message.command.length; ++i)
      writer.uint32(26).string(message.command[i]);
    if (message.args != null && message.args.length)
     for (let i = 0; i < message.args.length; ++i)
      writer.uint32(34).string(message.args[i]);
    if (message.workingDir != null && $Object.hasOwnProperty.call(message, "workingDir") && message.workingDir !== "")
     writer.uint32(42).string(message.workingDir);
    if (message.envs != null && message.envs.length)
     for (let i = 0; i < message.envs.length; ++i)
      $root.runtime.v1.KeyValue.encode(message.envs[i], writer.uint32(50).fork(), _depth + 1).ldelim();
    if (message.mounts != null && message.mounts.length)
     for (let i = 0; i < message.mounts.length; ++i)
      $root.runtime.v1.Mount.encode(message.mounts[i], writer.uint32(58).fork(), _depth + 1).ldelim();
    if (message.devices != null && message.devices.length)
     for (let i = 0; i < message.devices.length; ++i)
      $root.runtime.v1.Device.encode(message.devices[i], writer.uint32(66).fork(), _depth + 1).ldelim();
    if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
     for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
      writer.uint32(74).fork().uint32(10).string(keys[i]).uint32(18).string(message.labels[keys[i]]).ldelim();
    if (message.annotations != null && $Object.hasOwnProperty.call(message, "annotations"))
     for (let keys = $Object.keys(message.annotations), i = 0; i < keys.length; ++i)
      writer.uint32(82).fork().uint32(10).string(keys[i]).uint32(18).string(message.annotations[keys[i]]).ldelim();
    if (message.logPath != null && $Object.hasOwnProperty.call(message, "logPath") && message.logPath !== "")
     writer.uint32(90).string(message.logPath);
    if (message.stdin != null && $Object.hasOwnProperty.call(message, "stdin") && message.stdin !== false)
     writer.uint32(96).bool(message.stdin);
    if (message.stdinOnce != null && $Object.hasOwnProperty.call(message, "stdinOnce") && message.stdinOnce !== false)
     writer.uint32(104).bool(message.stdinOnce);
    if (message.tty != null && $Object.hasOwnProperty.call(message, "tty") && message.tty !== false)
     writer.uint32(112).bool(message.tty);
    if (message.linux != null && $Object.hasOwnProperty.call(message, "linux"))
     $root.runtime.v1.LinuxContainerConfig.encode(message.linux, writer.uint32(122).fork(), _depth + 1).ldelim();
    if (message.windows != null && $Object.hasOwnProperty.call(message, "windows"))
     $root.runtime.v1.WindowsContainerConfig.encode(message.windows, writer.uint32(130).fork(), _depth + 1).ldelim();
    if (message.CDIDevices != null && message.CDIDevices.length)
     for (let i = 0; i < message.CDIDevices.length; ++i)
      $root.runtime.v1.CDIDevice.encode(message.CDIDevices[i], writer.uint32(138).fork(), _depth + 1).ldelim();
    if (message.stopSignal != null && $Object.hasOwnProperty.call(message, "stopSignal") && message.stopSignal !== 0)
     writer.uint32(144).int32(message.stopSignal);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerConfig.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerConfig();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.metadata = $root.runtime.v1.ContainerMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.image = $root.runtime.v1.ImageSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.image);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (!(message.command && message.command.length))
        message.command = [];
       message.command.push(reader.stringVerify());
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       if (!(message.args && message.args.length))
        message.args = [];
       message.args.push(reader.stringVerify());
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.workingDir = value;
       else
        delete message.workingDir;
       continue;
      }
     case 6: {
       if (wireType !== 2)
        break;
       if (!(message.envs && message.envs.length))
        message.envs = [];
       message.envs.push($root.runtime.v1.KeyValue.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 7: {
       if (wireType !== 2)
        break;
       if (!(message.mounts && message.mounts.length))
        message.mounts = [];
       message.mounts.push($root.runtime.v1.Mount.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 8: {
       if (wireType !== 2)
        break;
       if (!(message.devices && message.devices.length))
        message.devices = [];
       message.devices.push($root.runtime.v1.Device.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 9: {
       if (wireType !== 2)
        break;
       if (message.labels === $util.emptyObject)
        message.labels = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.labels, key);
       message.labels[key] = value;
       continue;
      }
     case 10: {
       if (wireType !== 2)
        break;
       if (message.annotations === $util.emptyObject)
        message.annotations = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.annotations, key);
       message.annotations[key] = value;
       continue;
      }
     case 11: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.logPath = value;
       else
        delete message.logPath;
       continue;
      }
     case 12: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.stdin = value;
       else
        delete message.stdin;
       continue;
      }
     case 13: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.stdinOnce = value;
       else
        delete message.stdinOnce;
       continue;
      }
     case 14: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.tty = value;
       else
        delete message.tty;
       continue;
      }
     case 15: {
       if (wireType !== 2)
        break;
       message.linux = $root.runtime.v1.LinuxContainerConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.linux);
       continue;
      }
     case 16: {
       if (wireType !== 2)
        break;
       message.windows = $root.runtime.v1.WindowsContainerConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.windows);
       continue;
      }
     case 17: {
       if (wireType !== 2)
        break;
       if (!(message.CDIDevices && message.CDIDevices.length))
        message.CDIDevices = [];
       message.CDIDevices.push($root.runtime.v1.CDIDevice.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 18: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.stopSignal = value;
       else
        delete message.stopSignal;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerConfig;
  })();

  v1.CreateContainerRequest = (function() {

   const CreateContainerRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   CreateContainerRequest.prototype.podSandboxId = "";
   CreateContainerRequest.prototype.config = null;
   CreateContainerRequest.prototype.sandboxConfig = null;

   CreateContainerRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
     writer.uint32(10).string(message.podSandboxId);
    if (message.config != null && $Object.hasOwnProperty.call(message, "config"))
     $root.runtime.v1.ContainerConfig.encode(message.config, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.sandboxConfig != null && $Object.hasOwnProperty.call(message, "sandboxConfig"))
     $root.runtime.v1.PodSandboxConfig.encode(message.sandboxConfig, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   CreateContainerRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.CreateContainerRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podSandboxId = value;
       else
        delete message.podSandboxId;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.config = $root.runtime.v1.ContainerConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.config);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.sandboxConfig = $root.runtime.v1.PodSandboxConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.sandboxConfig);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return CreateContainerRequest;
  })();

  v1.CreateContainerResponse = (function() {

   const CreateContainerResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   CreateContainerResponse.prototype.containerId = "";

   CreateContainerResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(10).string(message.containerId);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   CreateContainerResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.CreateContainerResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return CreateContainerResponse;
  })();

  v1.StartContainerRequest = (function() {

   const StartContainerRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StartContainerRequest.prototype.containerId = "";

   StartContainerRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(10).string(message.containerId);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StartContainerRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StartContainerRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StartContainerRequest;
  })();

  v1.StartContainerResponse = (function() {

   const StartContainerResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StartContainerResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StartContainerResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StartContainerResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StartContainerResponse;
  })();

  v1.StopContainerRequest = (function() {

   const StopContainerRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StopContainerRequest.prototype.containerId = "";
   StopContainerRequest.prototype.timeout = 0n;

   StopContainerRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(10).string(message.containerId);
    if (message.timeout != null && $Object.hasOwnProperty.call(message, "timeout") && message.timeout !== 0n)
     writer.uint32(16).int64(message.timeout);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StopContainerRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StopContainerRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timeout = value;
       else
        delete message.timeout;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StopContainerRequest;
  })();

  v1.StopContainerResponse = (function() {

   const StopContainerResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StopContainerResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StopContainerResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StopContainerResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StopContainerResponse;
  })();

  v1.RemoveContainerRequest = (function() {

   const RemoveContainerRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RemoveContainerRequest.prototype.containerId = "";

   RemoveContainerRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(10).string(message.containerId);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RemoveContainerRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RemoveContainerRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RemoveContainerRequest;
  })();

  v1.RemoveContainerResponse = (function() {

   const RemoveContainerResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RemoveContainerResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RemoveContainerResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RemoveContainerResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RemoveContainerResponse;
  })();

  v1.ContainerState = (function() {
   const valuesById = $Object.create(null), values = $Object.create(valuesById);
   values[valuesById[0] = "CONTAINER_CREATED"] = 0;
   values[valuesById[1] = "CONTAINER_RUNNING"] = 1;
   values[valuesById[2] = "CONTAINER_EXITED"] = 2;
   values[valuesById[3] = "CONTAINER_UNKNOWN"] = 3;
   return values;
  })();

  v1.ContainerStateValue = (function() {

   const ContainerStateValue = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerStateValue.prototype.state = 0;

   ContainerStateValue.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
     writer.uint32(8).int32(message.state);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerStateValue.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerStateValue();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.state = value;
       else
        delete message.state;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerStateValue;
  })();

  v1.ContainerFilter = (function() {

   const ContainerFilter = function (properties) {
    this.labelSelector = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerFilter.prototype.id = "";
   ContainerFilter.prototype.state = null;
   ContainerFilter.prototype.podSandboxId = "";
   ContainerFilter.prototype.labelSelector = $util.emptyObject;

   ContainerFilter.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
     writer.uint32(10).string(message.id);
    if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
     $root.runtime.v1.ContainerStateValue.encode(message.state, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
     writer.uint32(26).string(message.podSandboxId);
    if (message.labelSelector != null && $Object.hasOwnProperty.call(message, "labelSelector"))
     for (let keys = $Object.keys(message.labelSelector), i = 0; i < keys.length; ++i)
      writer.uint32(34).fork().uint32(10).string(keys[i]).uint32(18).string(message.labelSelector[keys[i]]).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerFilter.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerFilter();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.id = value;
       else
        delete message.id;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.state = $root.runtime.v1.ContainerStateValue.decode(reader, reader.size(), $undefined, _depth + 1, message.state);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podSandboxId = value;
       else
        delete message.podSandboxId;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       if (message.labelSelector === $util.emptyObject)
        message.labelSelector = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.labelSelector, key);
       message.labelSelector[key] = value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerFilter;
  })();

  v1.ListContainersRequest = (function() {

   const ListContainersRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ListContainersRequest.prototype.filter = null;

   ListContainersRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
     $root.runtime.v1.ContainerFilter.encode(message.filter, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ListContainersRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ListContainersRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.filter = $root.runtime.v1.ContainerFilter.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ListContainersRequest;
  })();

  v1.Container = (function() {

   const Container = function (properties) {
    this.labels = {};
    this.annotations = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Container.prototype.id = "";
   Container.prototype.podSandboxId = "";
   Container.prototype.metadata = null;
   Container.prototype.image = null;
   Container.prototype.imageRef = "";
   Container.prototype.state = 0;
   Container.prototype.createdAt = 0n;
   Container.prototype.labels = $util.emptyObject;
   Container.prototype.annotations = $util.emptyObject;
   Container.prototype.imageId = "";

   Container.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
     writer.uint32(10).string(message.id);
    if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
     writer.uint32(18).string(message.podSandboxId);
    if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
     $root.runtime.v1.ContainerMetadata.encode(message.metadata, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
     $root.runtime.v1.ImageSpec.encode(message.image, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.imageRef != null && $Object.hasOwnProperty.call(message, "imageRef") && message.imageRef !== "")
     writer.uint32(42).string(message.imageRef);
    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
     writer.uint32(48).int32(message.state);
    if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && message.createdAt !== 0n)
     writer.uint32(56).int64(message.createdAt);
    if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
     for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
      writer.uint32(66).fork().uint32(10).string(keys[i]).uint32(18).string(message.labels[keys[i]]).ldelim();
    if (message.annotations != null && $Object.hasOwnProperty.call(message, "annotations"))
     for (let keys = $Object.keys(message.annotations), i = 0; i < keys.length; ++i)
      writer.uint32(74).fork().uint32(10).string(keys[i]).uint32(18).string(message.annotations[keys[i]]).ldelim();
    if (message.imageId != null && $Object.hasOwnProperty.call(message, "imageId") && message.imageId !== "")
     writer.uint32(82).string(message.imageId);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Container.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.Container();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.id = value;
       else
        delete message.id;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podSandboxId = value;
       else
        delete message.podSandboxId;
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.metadata = $root.runtime.v1.ContainerMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.image = $root.runtime.v1.ImageSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.image);
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.imageRef = value;
       else
        delete message.imageRef;
       continue;
      }
     case 6: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.state = value;
       else
        delete message.state;
       continue;
      }
     case 7: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.createdAt = value;
       else
        delete message.createdAt;
       continue;
      }
     case 8: {
       if (wireType !== 2)
        break;
       if (message.labels === $util.emptyObject)
        message.labels = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.labels, key);
       message.labels[key] = value;
       continue;
      }
     case 9: {
       if (wireType !== 2)
        break;
       if (message.annotations === $util.emptyObject)
        message.annotations = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.annotations, key);
       message.annotations[key] = value;
       continue;
      }
     case 10: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.imageId = value;
       else
        delete message.imageId;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Container;
  })();

  v1.ListContainersResponse = (function() {

   const ListContainersResponse = function (properties) {
    this.containers = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ListContainersResponse.prototype.containers = $util.emptyArray;

   ListContainersResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containers != null && message.containers.length)
     for (let i = 0; i < message.containers.length; ++i)
      $root.runtime.v1.Container.encode(message.containers[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ListContainersResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ListContainersResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.containers && message.containers.length))
        message.containers = [];
       message.containers.push($root.runtime.v1.Container.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ListContainersResponse;
  })();

  v1.StreamContainersRequest = (function() {

   const StreamContainersRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StreamContainersRequest.prototype.filter = null;

   StreamContainersRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
     $root.runtime.v1.ContainerFilter.encode(message.filter, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StreamContainersRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StreamContainersRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.filter = $root.runtime.v1.ContainerFilter.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StreamContainersRequest;
  })();

  v1.StreamContainersResponse = (function() {

   const StreamContainersResponse = function (properties) {
    this.containers = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StreamContainersResponse.prototype.containers = $util.emptyArray;

   StreamContainersResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containers != null && message.containers.length)
     for (let i = 0; i < message.containers.length; ++i)
      $root.runtime.v1.Container.encode(message.containers[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StreamContainersResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StreamContainersResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.containers && message.containers.length))
        message.containers = [];
       message.containers.push($root.runtime.v1.Container.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StreamContainersResponse;
  })();

  v1.ContainerStatusRequest = (function() {

   const ContainerStatusRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerStatusRequest.prototype.containerId = "";
   ContainerStatusRequest.prototype.verbose = false;

   ContainerStatusRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(10).string(message.containerId);
    if (message.verbose != null && $Object.hasOwnProperty.call(message, "verbose") && message.verbose !== false)
     writer.uint32(16).bool(message.verbose);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerStatusRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerStatusRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.verbose = value;
       else
        delete message.verbose;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerStatusRequest;
  })();

  v1.ContainerStatus = (function() {

   const ContainerStatus = function (properties) {
    this.labels = {};
    this.annotations = {};
    this.mounts = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerStatus.prototype.id = "";
   ContainerStatus.prototype.metadata = null;
   ContainerStatus.prototype.state = 0;
   ContainerStatus.prototype.createdAt = 0n;
   ContainerStatus.prototype.startedAt = 0n;
   ContainerStatus.prototype.finishedAt = 0n;
   ContainerStatus.prototype.exitCode = 0;
   ContainerStatus.prototype.image = null;
   ContainerStatus.prototype.imageRef = "";
   ContainerStatus.prototype.reason = "";
   ContainerStatus.prototype.message = "";
   ContainerStatus.prototype.labels = $util.emptyObject;
   ContainerStatus.prototype.annotations = $util.emptyObject;
   ContainerStatus.prototype.mounts = $util.emptyArray;
   ContainerStatus.prototype.logPath = "";
   ContainerStatus.prototype.resources = null;
   ContainerStatus.prototype.imageId = "";
   ContainerStatus.prototype.user = null;
   ContainerStatus.prototype.stopSignal = 0;

   ContainerStatus.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
     writer.uint32(10).string(message.id);
    if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
     $root.runtime.v1.ContainerMetadata.encode(message.metadata, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
     writer.uint32(24).int32(message.state);
    if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && message.createdAt !== 0n)
     writer.uint32(32).int64(message.createdAt);
    if (message.startedAt != null && $Object.hasOwnProperty.call(message, "startedAt") && message.startedAt !== 0n)
     writer.uint32(40).int64(message.startedAt);
    if (message.finishedAt != null && $Object.hasOwnProperty.call(message, "finishedAt") && message.finishedAt !== 0n)
     writer.uint32(48).int64(message.finishedAt);
    if (message.exitCode != null && $Object.hasOwnProperty.call(message, "exitCode") && message.exitCode !== 0)
     writer.uint32(56).int32(message.exitCode);
    if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
     $root.runtime.v1.ImageSpec.encode(message.image, writer.uint32(66).fork(), _depth + 1).ldelim();
    if (message.imageRef != null && $Object.hasOwnProperty.call(message, "imageRef") && message.imageRef !== "")
     writer.uint32(74).string(message.imageRef);
    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
     writer.uint32(82).string(message.reason);
    if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
     writer.uint32(90).string(message.message);
    if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
     for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
      writer.uint32(98).fork().uint32(10).string(keys[i]).uint32(18).string(message.labels[keys[i]]).ldelim();
    if (message.annotations != null && $Object.hasOwnProperty.call(message, "annotations"))
     for (let keys = $Object.keys(message.annotations), i = 0; i < keys.length; ++i)
      writer.uint32(106).fork().uint32(10).string(keys[i]).uint32(18).string(message.annotations[keys[i]]).ldelim();
    if (message.mounts != null && message.mounts.length)
     for (let i = 0; i < message.mounts.length; ++i)
      $root.runtime.v1.Mount.encode(message.mounts[i], writer.uint32(114).fork(), _depth + 1).ldelim();
    if (message.logPath != null && $Object.hasOwnProperty.call(message, "logPath") && message.logPath !== "")
     writer.uint32(122).string(message.logPath);
    if (message.resources != null && $Object.hasOwnProperty.call(message, "resources"))
     $root.runtime.v1.ContainerResources.encode(message.resources, writer.uint32(130).fork(), _depth + 1).ldelim();
    if (message.imageId != null && $Object.hasOwnProperty.call(message, "imageId") && message.imageId !== "")
     writer.uint32(138).string(message.imageId);
    if (message.user != null && $Object.hasOwnProperty.call(message, "user"))
     $root.runtime.v1.ContainerUser.encode(message.user, writer.uint32(146).fork(), _depth + 1).ldelim();
    if (message.stopSignal != null && $Object.hasOwnProperty.call(message, "stopSignal") && message.stopSignal !== 0)
     writer.uint32(152).int32(message.stopSignal);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerStatus.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerStatus();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.id = value;
       else
        delete message.id;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.metadata = $root.runtime.v1.ContainerMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.state = value;
       else
        delete message.state;
       continue;
      }
     case 4: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.createdAt = value;
       else
        delete message.createdAt;
       continue;
      }
     case 5: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.startedAt = value;
       else
        delete message.startedAt;
       continue;
      }
     case 6: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.finishedAt = value;
       else
        delete message.finishedAt;
       continue;
      }
     case 7: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.exitCode = value;
       else
        delete message.exitCode;
       continue;
      }
     case 8: {
       if (wireType !== 2)
        break;
       message.image = $root.runtime.v1.ImageSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.image);
       continue;
      }
     case 9: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.imageRef = value;
       else
        delete message.imageRef;
       continue;
      }
     case 10: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.reason = value;
       else
        delete message.reason;
       continue;
      }
     case 11: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.message = value;
       else
        delete message.message;
       continue;
      }
     case 12: {
       if (wireType !== 2)
        break;
       if (message.labels === $util.emptyObject)
        message.labels = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.labels, key);
       message.labels[key] = value;
       continue;
      }
     case 13: {
       if (wireType !== 2)
        break;
       if (message.annotations === $util.emptyObject)
        message.annotations = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.annotations, key);
       message.annotations[key] = value;
       continue;
      }
     case 14: {
       if (wireType !== 2)
        break;
       if (!(message.mounts && message.mounts.length))
        message.mounts = [];
       message.mounts.push($root.runtime.v1.Mount.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 15: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.logPath = value;
       else
        delete message.logPath;
       continue;
      }
     case 16: {
       if (wireType !== 2)
        break;
       message.resources = $root.runtime.v1.ContainerResources.decode(reader, reader.size(), $undefined, _depth + 1, message.resources);
       continue;
      }
     case 17: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.imageId = value;
       else
        delete message.imageId;
       continue;
      }
     case 18: {
       if (wireType !== 2)
        break;
       message.user = $root.runtime.v1.ContainerUser.decode(reader, reader.size(), $undefined, _depth + 1, message.user);
       continue;
      }
     case 19: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.stopSignal = value;
       else
        delete message.stopSignal;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerStatus;
  })();

  v1.ContainerStatusResponse = (function() {

   const ContainerStatusResponse = function (properties) {
    this.info = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerStatusResponse.prototype.status = null;
   ContainerStatusResponse.prototype.info = $util.emptyObject;

   ContainerStatusResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
     $root.runtime.v1.ContainerStatus.encode(message.status, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.info != null && $Object.hasOwnProperty.call(message, "info"))
     for (let keys = $Object.keys(message.info), i = 0; i < keys.length; ++i)
      writer.uint32(18).fork().uint32(10).string(keys[i]).uint32(18).string(message.info[keys[i]]).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerStatusResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerStatusResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.status = $root.runtime.v1.ContainerStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (message.info === $util.emptyObject)
        message.info = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.info, key);
       message.info[key] = value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerStatusResponse;
  })();

  v1.ContainerUser = (function() {

   const ContainerUser = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerUser.prototype.linux = null;

   ContainerUser.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.linux != null && $Object.hasOwnProperty.call(message, "linux"))
     $root.runtime.v1.LinuxContainerUser.encode(message.linux, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerUser.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerUser();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.linux = $root.runtime.v1.LinuxContainerUser.decode(reader, reader.size(), $undefined, _depth + 1, message.linux);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerUser;
  })();

  v1.ContainerAttributes = (function() {

   const ContainerAttributes = function (properties) {
    this.labels = {};
    this.annotations = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerAttributes.prototype.id = "";
   ContainerAttributes.prototype.metadata = null;
   ContainerAttributes.prototype.labels = $util.emptyObject;
   ContainerAttributes.prototype.annotations = $util.emptyObject;

   ContainerAttributes.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
     writer.uint32(10).string(message.id);
    if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
     $root.runtime.v1.ContainerMetadata.encode(message.metadata, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
     for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
      writer.uint32(26).fork().uint32(10).string(keys[i]).uint32(18).string(message.labels[keys[i]]).ldelim();
    if (message.annotations != null && $Object.hasOwnProperty.call(message, "annotations"))
     for (let keys = $Object.keys(message.annotations), i = 0; i < keys.length; ++i)
      writer.uint32(34).fork().uint32(10).string(keys[i]).uint32(18).string(message.annotations[keys[i]]).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerAttributes.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerAttributes();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.id = value;
       else
        delete message.id;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.metadata = $root.runtime.v1.ContainerMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (message.labels === $util.emptyObject)
        message.labels = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.labels, key);
       message.labels[key] = value;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       if (message.annotations === $util.emptyObject)
        message.annotations = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.annotations, key);
       message.annotations[key] = value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerAttributes;
  })();

  v1.ReopenContainerLogRequest = (function() {

   const ReopenContainerLogRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ReopenContainerLogRequest.prototype.containerId = "";

   ReopenContainerLogRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(10).string(message.containerId);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ReopenContainerLogRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ReopenContainerLogRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ReopenContainerLogRequest;
  })();

  v1.ReopenContainerLogResponse = (function() {

   const ReopenContainerLogResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ReopenContainerLogResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ReopenContainerLogResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ReopenContainerLogResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ReopenContainerLogResponse;
  })();

  v1.ImageSpec = (function() {

   const ImageSpec = function (properties) {
    this.annotations = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ImageSpec.prototype.image = "";
   ImageSpec.prototype.annotations = $util.emptyObject;
   ImageSpec.prototype.userSpecifiedImage = "";
   ImageSpec.prototype.runtimeHandler = "";
   ImageSpec.prototype.imageRef = "";

   ImageSpec.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.image != null && $Object.hasOwnProperty.call(message, "image") && message.image !== "")
     writer.uint32(10).string(message.image);
    if (message.annotations != null && $Object.hasOwnProperty.call(message, "annotations"))
     for (let keys = $Object.keys(message.annotations), i = 0; i < keys.length; ++i)
      writer.uint32(18).fork().uint32(10).string(keys[i]).uint32(18).string(message.annotations[keys[i]]).ldelim();
    if (message.userSpecifiedImage != null && $Object.hasOwnProperty.call(message, "userSpecifiedImage") && message.userSpecifiedImage !== "")
     writer.uint32(146).string(message.userSpecifiedImage);
    if (message.runtimeHandler != null && $Object.hasOwnProperty.call(message, "runtimeHandler") && message.runtimeHandler !== "")
     writer.uint32(154).string(message.runtimeHandler);
    if (message.imageRef != null && $Object.hasOwnProperty.call(message, "imageRef") && message.imageRef !== "")
     writer.uint32(162).string(message.imageRef);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ImageSpec.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ImageSpec();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.image = value;
       else
        delete message.image;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (message.annotations === $util.emptyObject)
        message.annotations = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.annotations, key);
       message.annotations[key] = value;
       continue;
      }
     case 18: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.userSpecifiedImage = value;
       else
        delete message.userSpecifiedImage;
       continue;
      }
     case 19: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.runtimeHandler = value;
       else
        delete message.runtimeHandler;
       continue;
      }
     case 20: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.imageRef = value;
       else
        delete message.imageRef;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ImageSpec;
  })();

  v1.ImageFilter = (function() {

   const ImageFilter = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ImageFilter.prototype.image = null;

   ImageFilter.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
     $root.runtime.v1.ImageSpec.encode(message.image, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ImageFilter.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ImageFilter();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.image = $root.runtime.v1.ImageSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.image);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ImageFilter;
  })();

  v1.ListImagesRequest = (function() {

   const ListImagesRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ListImagesRequest.prototype.filter = null;

   ListImagesRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
     $root.runtime.v1.ImageFilter.encode(message.filter, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ListImagesRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ListImagesRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.filter = $root.runtime.v1.ImageFilter.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ListImagesRequest;
  })();

  v1.Image = (function() {

   const Image = function (properties) {
    this.repoTags = [];
    this.repoDigests = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Image.prototype.id = "";
   Image.prototype.repoTags = $util.emptyArray;
   Image.prototype.repoDigests = $util.emptyArray;
   Image.prototype.size = 0n;
   Image.prototype.uid = null;
   Image.prototype.username = "";
   Image.prototype.spec = null;
   Image.prototype.pinned = false;

   Image.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
     writer.uint32(10).string(message.id);
    if (message.repoTags != null && message.repoTags.length)
     for (let i = 0; i < message.repoTags.length; ++i)
      writer.uint32(18).string(message.repoTags[i]);
    if (message.repoDigests != null && message.repoDigests.length)
     for (let i = 0; i < message.repoDigests.length; ++i)
      writer.uint32(26).string(message.repoDigests[i]);
    if (message.size != null && $Object.hasOwnProperty.call(message, "size") && message.size !== 0n)
     writer.uint32(32).uint64(message.size);
    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid"))
     $root.runtime.v1.Int64Value.encode(message.uid, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.username != null && $Object.hasOwnProperty.call(message, "username") && message.username !== "")
     writer.uint32(50).string(message.username);
    if (message.spec != null && $Object.hasOwnProperty.call(message, "spec"))
     $root.runtime.v1.ImageSpec.encode(message.spec, writer.uint32(58).fork(), _depth + 1).ldelim();
    if (message.pinned != null && $Object.hasOwnProperty.call(message, "pinned") && message.pinned !== false)
     writer.uint32(64).bool(message.pinned);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Image.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.Image();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.id = value;
       else
        delete message.id;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (!(message.repoTags && message.repoTags.length))
        message.repoTags = [];
       message.repoTags.push(reader.stringVerify());
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (!(message.repoDigests && message.repoDigests.length))
        message.repoDigests = [];
       message.repoDigests.push(reader.stringVerify());
       continue;
      }
     case 4: {
       if (wireType !== 0)
        break;
       if ((value = reader.uint64()) !== 0n)
        message.size = value;
       else
        delete message.size;
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       message.uid = $root.runtime.v1.Int64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.uid);
       continue;
      }
     case 6: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.username = value;
       else
        delete message.username;
       continue;
      }
     case 7: {
       if (wireType !== 2)
        break;
       message.spec = $root.runtime.v1.ImageSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.spec);
       continue;
      }
     case 8: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.pinned = value;
       else
        delete message.pinned;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Image;
  })();

  v1.ListImagesResponse = (function() {

   const ListImagesResponse = function (properties) {
    this.images = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ListImagesResponse.prototype.images = $util.emptyArray;

   ListImagesResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.images != null && message.images.length)
     for (let i = 0; i < message.images.length; ++i)
      $root.runtime.v1.Image.encode(message.images[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ListImagesResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ListImagesResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.images && message.images.length))
        message.images = [];
       message.images.push($root.runtime.v1.Image.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ListImagesResponse;
  })();

  v1.StreamImagesRequest = (function() {

   const StreamImagesRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StreamImagesRequest.prototype.filter = null;

   StreamImagesRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
     $root.runtime.v1.ImageFilter.encode(message.filter, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StreamImagesRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StreamImagesRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.filter = $root.runtime.v1.ImageFilter.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StreamImagesRequest;
  })();

  v1.StreamImagesResponse = (function() {

   const StreamImagesResponse = function (properties) {
    this.images = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StreamImagesResponse.prototype.images = $util.emptyArray;

   StreamImagesResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.images != null && message.images.length)
     for (let i = 0; i < message.images.length; ++i)
      $root.runtime.v1.Image.encode(message.images[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StreamImagesResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StreamImagesResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.images && message.images.length))
        message.images = [];
       message.images.push($root.runtime.v1.Image.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StreamImagesResponse;
  })();

  v1.ImageStatusRequest = (function() {

   const ImageStatusRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ImageStatusRequest.prototype.image = null;
   ImageStatusRequest.prototype.verbose = false;

   ImageStatusRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
     $root.runtime.v1.ImageSpec.encode(message.image, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.verbose != null && $Object.hasOwnProperty.call(message, "verbose") && message.verbose !== false)
     writer.uint32(16).bool(message.verbose);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ImageStatusRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ImageStatusRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.image = $root.runtime.v1.ImageSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.image);
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.verbose = value;
       else
        delete message.verbose;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ImageStatusRequest;
  })();

  v1.ImageStatusResponse = (function() {

   const ImageStatusResponse = function (properties) {
    this.info = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ImageStatusResponse.prototype.image = null;
   ImageStatusResponse.prototype.info = $util.emptyObject;

   ImageStatusResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
     $root.runtime.v1.Image.encode(message.image, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.info != null && $Object.hasOwnProperty.call(message, "info"))
     for (let keys = $Object.keys(message.info), i = 0; i < keys.length; ++i)
      writer.uint32(18).fork().uint32(10).string(keys[i]).uint32(18).string(message.info[keys[i]]).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ImageStatusResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ImageStatusResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.image = $root.runtime.v1.Image.decode(reader, reader.size(), $undefined, _depth + 1, message.image);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (message.info === $util.emptyObject)
        message.info = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.info, key);
       message.info[key] = value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ImageStatusResponse;
  })();

  v1.AuthConfig = (function() {

   const AuthConfig = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   AuthConfig.prototype.username = "";
   AuthConfig.prototype.password = "";
   AuthConfig.prototype.auth = "";
   AuthConfig.prototype.serverAddress = "";
   AuthConfig.prototype.identityToken = "";
   AuthConfig.prototype.registryToken = "";

   AuthConfig.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.username != null && $Object.hasOwnProperty.call(message, "username") && message.username !== "")
     writer.uint32(10).string(message.username);
    if (message.password != null && $Object.hasOwnProperty.call(message, "password") && message.password !== "")
     writer.uint32(18).string(message.password);
    if (message.auth != null && $Object.hasOwnProperty.call(message, "auth") && message.auth !== "")
     writer.uint32(26).string(message.auth);
    if (message.serverAddress != null && $Object.hasOwnProperty.call(message, "serverAddress") && message.serverAddress !== "")
     writer.uint32(34).string(message.serverAddress);
    if (message.identityToken != null && $Object.hasOwnProperty.call(message, "identityToken") && message.identityToken !== "")
     writer.uint32(42).string(message.identityToken);
    if (message.registryToken != null && $Object.hasOwnProperty.call(message, "registryToken") && message.registryToken !== "")
     writer.uint32(50).string(message.registryToken);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   AuthConfig.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.AuthConfig();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.username = value;
       else
        delete message.username;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.password = value;
       else
        delete message.password;
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.auth = value;
       else
        delete message.auth;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.serverAddress = value;
       else
        delete message.serverAddress;
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.identityToken = value;
       else
        delete message.identityToken;
       continue;
      }
     case 6: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.registryToken = value;
       else
        delete message.registryToken;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return AuthConfig;
  })();

  v1.PullImageRequest = (function() {

   const PullImageRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PullImageRequest.prototype.image = null;
   PullImageRequest.prototype.auth = null;
   PullImageRequest.prototype.sandboxConfig = null;

   PullImageRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
     $root.runtime.v1.ImageSpec.encode(message.image, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.auth != null && $Object.hasOwnProperty.call(message, "auth"))
     $root.runtime.v1.AuthConfig.encode(message.auth, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.sandboxConfig != null && $Object.hasOwnProperty.call(message, "sandboxConfig"))
     $root.runtime.v1.PodSandboxConfig.encode(message.sandboxConfig, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PullImageRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PullImageRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.image = $root.runtime.v1.ImageSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.image);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.auth = $root.runtime.v1.AuthConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.auth);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.sandboxConfig = $root.runtime.v1.PodSandboxConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.sandboxConfig);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PullImageRequest;
  })();

  v1.PullImageResponse = (function() {

   const PullImageResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PullImageResponse.prototype.imageRef = "";

   PullImageResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.imageRef != null && $Object.hasOwnProperty.call(message, "imageRef") && message.imageRef !== "")
     writer.uint32(10).string(message.imageRef);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PullImageResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PullImageResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.imageRef = value;
       else
        delete message.imageRef;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PullImageResponse;
  })();

  v1.RemoveImageRequest = (function() {

   const RemoveImageRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RemoveImageRequest.prototype.image = null;

   RemoveImageRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
     $root.runtime.v1.ImageSpec.encode(message.image, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RemoveImageRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RemoveImageRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.image = $root.runtime.v1.ImageSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.image);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RemoveImageRequest;
  })();

  v1.RemoveImageResponse = (function() {

   const RemoveImageResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RemoveImageResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RemoveImageResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RemoveImageResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RemoveImageResponse;
  })();

  v1.ImageFsInfoRequest = (function() {

   const ImageFsInfoRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ImageFsInfoRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ImageFsInfoRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ImageFsInfoRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ImageFsInfoRequest;
  })();

  v1.FilesystemIdentifier = (function() {

   const FilesystemIdentifier = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   FilesystemIdentifier.prototype.mountpoint = "";

   FilesystemIdentifier.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.mountpoint != null && $Object.hasOwnProperty.call(message, "mountpoint") && message.mountpoint !== "")
     writer.uint32(10).string(message.mountpoint);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   FilesystemIdentifier.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.FilesystemIdentifier();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.mountpoint = value;
       else
        delete message.mountpoint;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return FilesystemIdentifier;
  })();

  v1.FilesystemUsage = (function() {

   const FilesystemUsage = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   FilesystemUsage.prototype.timestamp = 0n;
   FilesystemUsage.prototype.fsId = null;
   FilesystemUsage.prototype.usedBytes = null;
   FilesystemUsage.prototype.inodesUsed = null;

   FilesystemUsage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== 0n)
     writer.uint32(8).int64(message.timestamp);
    if (message.fsId != null && $Object.hasOwnProperty.call(message, "fsId"))
     $root.runtime.v1.FilesystemIdentifier.encode(message.fsId, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.usedBytes != null && $Object.hasOwnProperty.call(message, "usedBytes"))
     $root.runtime.v1.UInt64Value.encode(message.usedBytes, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.inodesUsed != null && $Object.hasOwnProperty.call(message, "inodesUsed"))
     $root.runtime.v1.UInt64Value.encode(message.inodesUsed, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   FilesystemUsage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.FilesystemUsage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timestamp = value;
       else
        delete message.timestamp;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.fsId = $root.runtime.v1.FilesystemIdentifier.decode(reader, reader.size(), $undefined, _depth + 1, message.fsId);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.usedBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.usedBytes);
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.inodesUsed = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.inodesUsed);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return FilesystemUsage;
  })();

  v1.ImageFsInfoResponse = (function() {

   const ImageFsInfoResponse = function (properties) {
    this.imageFilesystems = [];
    this.containerFilesystems = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ImageFsInfoResponse.prototype.imageFilesystems = $util.emptyArray;
   ImageFsInfoResponse.prototype.containerFilesystems = $util.emptyArray;

   ImageFsInfoResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.imageFilesystems != null && message.imageFilesystems.length)
     for (let i = 0; i < message.imageFilesystems.length; ++i)
      $root.runtime.v1.FilesystemUsage.encode(message.imageFilesystems[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.containerFilesystems != null && message.containerFilesystems.length)
     for (let i = 0; i < message.containerFilesystems.length; ++i)
      $root.runtime.v1.FilesystemUsage.encode(message.containerFilesystems[i], writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ImageFsInfoResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ImageFsInfoResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.imageFilesystems && message.imageFilesystems.length))
        message.imageFilesystems = [];
       message.imageFilesystems.push($root.runtime.v1.FilesystemUsage.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (!(message.containerFilesystems && message.containerFilesystems.length))
        message.containerFilesystems = [];
       message.containerFilesystems.push($root.runtime.v1.FilesystemUsage.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ImageFsInfoResponse;
  })();

  v1.DNSConfig = (function() {

   const DNSConfig = function (properties) {
    this.servers = [];
    this.searches = [];
    this.options = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   DNSConfig.prototype.servers = $util.emptyArray;
   DNSConfig.prototype.searches = $util.emptyArray;
   DNSConfig.prototype.options = $util.emptyArray;

   DNSConfig.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.servers != null && message.servers.length)
     for (let i = 0; i < message.servers.length; ++i)
      writer.uint32(10).string(message.servers[i]);
    if (message.searches != null && message.searches.length)
     for (let i = 0; i < message.searches.length; ++i)
      writer.uint32(18).string(message.searches[i]);
    if (message.options != null && message.options.length)
     for (let i = 0; i < message.options.length; ++i)
      writer.uint32(26).string(message.options[i]);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   DNSConfig.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.DNSConfig();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.servers && message.servers.length))
        message.servers = [];
       message.servers.push(reader.stringVerify());
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (!(message.searches && message.searches.length))
        message.searches = [];
       message.searches.push(reader.stringVerify());
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (!(message.options && message.options.length))
        message.options = [];
       message.options.push(reader.stringVerify());
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return DNSConfig;
  })();

  v1.Protocol = (function() {
   const valuesById = $Object.create(null), values = $Object.create(valuesById);
   values[valuesById[0] = "TCP"] = 0;
   values[valuesById[1] = "UDP"] = 1;
   values[valuesById[2] = "SCTP"] = 2;
   return values;
  })();

  v1.PortMapping = (function() {

   const PortMapping = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PortMapping.prototype.protocol = 0;
   PortMapping.prototype.containerPort = 0;
   PortMapping.prototype.hostPort = 0;
   PortMapping.prototype.hostIp = "";

   PortMapping.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== 0)
     writer.uint32(8).int32(message.protocol);
    if (message.containerPort != null && $Object.hasOwnProperty.call(message, "containerPort") && message.containerPort !== 0)
     writer.uint32(16).int32(message.containerPort);
    if (message.hostPort != null && $Object.hasOwnProperty.call(message, "hostPort") && message.hostPort !== 0)
     writer.uint32(24).int32(message.hostPort);
    if (message.hostIp != null && $Object.hasOwnProperty.call(message, "hostIp") && message.hostIp !== "")
     writer.uint32(34).string(message.hostIp);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PortMapping.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PortMapping();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.protocol = value;
       else
        delete message.protocol;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.containerPort = value;
       else
        delete message.containerPort;
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.hostPort = value;
       else
        delete message.hostPort;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.hostIp = value;
       else
        delete message.hostIp;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PortMapping;
  })();

  v1.LinuxPodSandboxConfig = (function() {

   const LinuxPodSandboxConfig = function (properties) {
    this.sysctls = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   LinuxPodSandboxConfig.prototype.cgroupParent = "";
   LinuxPodSandboxConfig.prototype.securityContext = null;
   LinuxPodSandboxConfig.prototype.sysctls = $util.emptyObject;
   LinuxPodSandboxConfig.prototype.overhead = null;
   LinuxPodSandboxConfig.prototype.resources = null;

   LinuxPodSandboxConfig.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.cgroupParent != null && $Object.hasOwnProperty.call(message, "cgroupParent") && message.cgroupParent !== "")
     writer.uint32(10).string(message.cgroupParent);
    if (message.securityContext != null && $Object.hasOwnProperty.call(message, "securityContext"))
     $root.runtime.v1.LinuxSandboxSecurityContext.encode(message.securityContext, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.sysctls != null && $Object.hasOwnProperty.call(message, "sysctls"))
     for (let keys = $Object.keys(message.sysctls), i = 0; i < keys.length; ++i)
      writer.uint32(26).fork().uint32(10).string(keys[i]).uint32(18).string(message.sysctls[keys[i]]).ldelim();
    if (message.overhead != null && $Object.hasOwnProperty.call(message, "overhead"))
     $root.runtime.v1.LinuxContainerResources.encode(message.overhead, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.resources != null && $Object.hasOwnProperty.call(message, "resources"))
     $root.runtime.v1.LinuxContainerResources.encode(message.resources, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   LinuxPodSandboxConfig.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.LinuxPodSandboxConfig();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.cgroupParent = value;
       else
        delete message.cgroupParent;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.securityContext = $root.runtime.v1.LinuxSandboxSecurityContext.decode(reader, reader.size(), $undefined, _depth + 1, message.securityContext);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (message.sysctls === $util.emptyObject)
        message.sysctls = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.sysctls, key);
       message.sysctls[key] = value;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.overhead = $root.runtime.v1.LinuxContainerResources.decode(reader, reader.size(), $undefined, _depth + 1, message.overhead);
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       message.resources = $root.runtime.v1.LinuxContainerResources.decode(reader, reader.size(), $undefined, _depth + 1, message.resources);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return LinuxPodSandboxConfig;
  })();

  v1.PodSandboxMetadata = (function() {

   const PodSandboxMetadata = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandboxMetadata.prototype.name = "";
   PodSandboxMetadata.prototype.uid = "";
   PodSandboxMetadata.prototype.namespace = "";
   PodSandboxMetadata.prototype.attempt = 0;

   PodSandboxMetadata.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
     writer.uint32(10).string(message.name);
    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== "")
     writer.uint32(18).string(message.uid);
    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
     writer.uint32(26).string(message.namespace);
    if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
     writer.uint32(32).uint32(message.attempt);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandboxMetadata.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandboxMetadata();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.name = value;
       else
        delete message.name;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.uid = value;
       else
        delete message.uid;
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.namespace = value;
       else
        delete message.namespace;
       continue;
      }
     case 4: {
       if (wireType !== 0)
        break;
       if (value = reader.uint32())
        message.attempt = value;
       else
        delete message.attempt;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandboxMetadata;
  })();

  v1.PodSandboxConfig = (function() {

   const PodSandboxConfig = function (properties) {
    this.portMappings = [];
    this.labels = {};
    this.annotations = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandboxConfig.prototype.metadata = null;
   PodSandboxConfig.prototype.hostname = "";
   PodSandboxConfig.prototype.logDirectory = "";
   PodSandboxConfig.prototype.dnsConfig = null;
   PodSandboxConfig.prototype.portMappings = $util.emptyArray;
   PodSandboxConfig.prototype.labels = $util.emptyObject;
   PodSandboxConfig.prototype.annotations = $util.emptyObject;
   PodSandboxConfig.prototype.linux = null;
   PodSandboxConfig.prototype.windows = null;

   PodSandboxConfig.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
     $root.runtime.v1.PodSandboxMetadata.encode(message.metadata, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname") && message.hostname !== "")
     writer.uint32(18).string(message.hostname);
    if (message.logDirectory != null && $Object.hasOwnProperty.call(message, "logDirectory") && message.logDirectory !== "")
     writer.uint32(26).string(message.logDirectory);
    if (message.dnsConfig != null && $Object.hasOwnProperty.call(message, "dnsConfig"))
     $root.runtime.v1.DNSConfig.encode(message.dnsConfig, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.portMappings != null && message.portMappings.length)
     for (let i = 0; i < message.portMappings.length; ++i)
      $root.runtime.v1.PortMapping.encode(message.portMappings[i], writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
     for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
      writer.uint32(50).fork().uint32(10).string(keys[i]).uint32(18).string(message.labels[keys[i]]).ldelim();
    if (message.annotations != null && $Object.hasOwnProperty.call(message, "annotations"))
     for (let keys = $Object.keys(message.annotations), i = 0; i < keys.length; ++i)
      writer.uint32(58).fork().uint32(10).string(keys[i]).uint32(18).string(message.annotations[keys[i]]).ldelim();
    if (message.linux != null && $Object.hasOwnProperty.call(message, "linux"))
     $root.runtime.v1.LinuxPodSandboxConfig.encode(message.linux, writer.uint32(66).fork(), _depth + 1).ldelim();
    if (message.windows != null && $Object.hasOwnProperty.call(message, "windows"))
     $root.runtime.v1.WindowsPodSandboxConfig.encode(message.windows, writer.uint32(74).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandboxConfig.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandboxConfig();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.metadata = $root.runtime.v1.PodSandboxMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.hostname = value;
       else
        delete message.hostname;
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.logDirectory = value;
       else
        delete message.logDirectory;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.dnsConfig = $root.runtime.v1.DNSConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.dnsConfig);
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       if (!(message.portMappings && message.portMappings.length))
        message.portMappings = [];
       message.portMappings.push($root.runtime.v1.PortMapping.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 6: {
       if (wireType !== 2)
        break;
       if (message.labels === $util.emptyObject)
        message.labels = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.labels, key);
       message.labels[key] = value;
       continue;
      }
     case 7: {
       if (wireType !== 2)
        break;
       if (message.annotations === $util.emptyObject)
        message.annotations = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.annotations, key);
       message.annotations[key] = value;
       continue;
      }
     case 8: {
       if (wireType !== 2)
        break;
       message.linux = $root.runtime.v1.LinuxPodSandboxConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.linux);
       continue;
      }
     case 9: {
       if (wireType !== 2)
        break;
       message.windows = $root.runtime.v1.WindowsPodSandboxConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.windows);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandboxConfig;
  })();

  v1.RunPodSandboxRequest = (function() {

   const RunPodSandboxRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RunPodSandboxRequest.prototype.config = null;
   RunPodSandboxRequest.prototype.runtimeHandler = "";

   RunPodSandboxRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.config != null && $Object.hasOwnProperty.call(message, "config"))
     $root.runtime.v1.PodSandboxConfig.encode(message.config, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.runtimeHandler != null && $Object.hasOwnProperty.call(message, "runtimeHandler") && message.runtimeHandler !== "")
     writer.uint32(18).string(message.runtimeHandler);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RunPodSandboxRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RunPodSandboxRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.config = $root.runtime.v1.PodSandboxConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.config);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.runtimeHandler = value;
       else
        delete message.runtimeHandler;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RunPodSandboxRequest;
  })();

  v1.RunPodSandboxResponse = (function() {

   const RunPodSandboxResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RunPodSandboxResponse.prototype.podSandboxId = "";

   RunPodSandboxResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
     writer.uint32(10).string(message.podSandboxId);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RunPodSandboxResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RunPodSandboxResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podSandboxId = value;
       else
        delete message.podSandboxId;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RunPodSandboxResponse;
  })();

  v1.StopPodSandboxRequest = (function() {

   const StopPodSandboxRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StopPodSandboxRequest.prototype.podSandboxId = "";

   StopPodSandboxRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
     writer.uint32(10).string(message.podSandboxId);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StopPodSandboxRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StopPodSandboxRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podSandboxId = value;
       else
        delete message.podSandboxId;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StopPodSandboxRequest;
  })();

  v1.StopPodSandboxResponse = (function() {

   const StopPodSandboxResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StopPodSandboxResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StopPodSandboxResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StopPodSandboxResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StopPodSandboxResponse;
  })();

  v1.RemovePodSandboxRequest = (function() {

   const RemovePodSandboxRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RemovePodSandboxRequest.prototype.podSandboxId = "";

   RemovePodSandboxRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
     writer.uint32(10).string(message.podSandboxId);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RemovePodSandboxRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RemovePodSandboxRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podSandboxId = value;
       else
        delete message.podSandboxId;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RemovePodSandboxRequest;
  })();

  v1.RemovePodSandboxResponse = (function() {

   const RemovePodSandboxResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RemovePodSandboxResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RemovePodSandboxResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RemovePodSandboxResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RemovePodSandboxResponse;
  })();

  v1.PodSandboxStatusRequest = (function() {

   const PodSandboxStatusRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandboxStatusRequest.prototype.podSandboxId = "";
   PodSandboxStatusRequest.prototype.verbose = false;

   PodSandboxStatusRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
     writer.uint32(10).string(message.podSandboxId);
    if (message.verbose != null && $Object.hasOwnProperty.call(message, "verbose") && message.verbose !== false)
     writer.uint32(16).bool(message.verbose);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandboxStatusRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandboxStatusRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podSandboxId = value;
       else
        delete message.podSandboxId;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.verbose = value;
       else
        delete message.verbose;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandboxStatusRequest;
  })();

  v1.PodIP = (function() {

   const PodIP = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodIP.prototype.ip = "";

   PodIP.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.ip != null && $Object.hasOwnProperty.call(message, "ip") && message.ip !== "")
     writer.uint32(10).string(message.ip);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodIP.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodIP();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.ip = value;
       else
        delete message.ip;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodIP;
  })();

  v1.PodSandboxNetworkStatus = (function() {

   const PodSandboxNetworkStatus = function (properties) {
    this.additionalIps = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandboxNetworkStatus.prototype.ip = "";
   PodSandboxNetworkStatus.prototype.additionalIps = $util.emptyArray;

   PodSandboxNetworkStatus.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.ip != null && $Object.hasOwnProperty.call(message, "ip") && message.ip !== "")
     writer.uint32(10).string(message.ip);
    if (message.additionalIps != null && message.additionalIps.length)
     for (let i = 0; i < message.additionalIps.length; ++i)
      $root.runtime.v1.PodIP.encode(message.additionalIps[i], writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandboxNetworkStatus.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandboxNetworkStatus();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.ip = value;
       else
        delete message.ip;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (!(message.additionalIps && message.additionalIps.length))
        message.additionalIps = [];
       message.additionalIps.push($root.runtime.v1.PodIP.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandboxNetworkStatus;
  })();

  v1.Namespace = (function() {

   const Namespace = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Namespace.prototype.options = null;

   Namespace.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.options != null && $Object.hasOwnProperty.call(message, "options"))
     $root.runtime.v1.NamespaceOption.encode(message.options, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Namespace.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.Namespace();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 2: {
       if (wireType !== 2)
        break;
       message.options = $root.runtime.v1.NamespaceOption.decode(reader, reader.size(), $undefined, _depth + 1, message.options);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Namespace;
  })();

  v1.LinuxPodSandboxStatus = (function() {

   const LinuxPodSandboxStatus = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   LinuxPodSandboxStatus.prototype.namespaces = null;

   LinuxPodSandboxStatus.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.namespaces != null && $Object.hasOwnProperty.call(message, "namespaces"))
     $root.runtime.v1.Namespace.encode(message.namespaces, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   LinuxPodSandboxStatus.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.LinuxPodSandboxStatus();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.namespaces = $root.runtime.v1.Namespace.decode(reader, reader.size(), $undefined, _depth + 1, message.namespaces);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return LinuxPodSandboxStatus;
  })();

  v1.PodSandboxState = (function() {
   const valuesById = $Object.create(null), values = $Object.create(valuesById);
   values[valuesById[0] = "SANDBOX_READY"] = 0;
   values[valuesById[1] = "SANDBOX_NOTREADY"] = 1;
   return values;
  })();

  v1.PodSandboxStatus = (function() {

   const PodSandboxStatus = function (properties) {
    this.labels = {};
    this.annotations = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandboxStatus.prototype.id = "";
   PodSandboxStatus.prototype.metadata = null;
   PodSandboxStatus.prototype.state = 0;
   PodSandboxStatus.prototype.createdAt = 0n;
   PodSandboxStatus.prototype.network = null;
   PodSandboxStatus.prototype.linux = null;
   PodSandboxStatus.prototype.labels = $util.emptyObject;
   PodSandboxStatus.prototype.annotations = $util.emptyObject;
   PodSandboxStatus.prototype.runtimeHandler = "";

   PodSandboxStatus.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
     writer.uint32(10).string(message.id);
    if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
     $root.runtime.v1.PodSandboxMetadata.encode(message.metadata, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
     writer.uint32(24).int32(message.state);
    if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && message.createdAt !== 0n)
     writer.uint32(32).int64(message.createdAt);
    if (message.network != null && $Object.hasOwnProperty.call(message, "network"))
     $root.runtime.v1.PodSandboxNetworkStatus.encode(message.network, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.linux != null && $Object.hasOwnProperty.call(message, "linux"))
     $root.runtime.v1.LinuxPodSandboxStatus.encode(message.linux, writer.uint32(50).fork(), _depth + 1).ldelim();
    if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
     for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
      writer.uint32(58).fork().uint32(10).string(keys[i]).uint32(18).string(message.labels[keys[i]]).ldelim();
    if (message.annotations != null && $Object.hasOwnProperty.call(message, "annotations"))
     for (let keys = $Object.keys(message.annotations), i = 0; i < keys.length; ++i)
      writer.uint32(66).fork().uint32(10).string(keys[i]).uint32(18).string(message.annotations[keys[i]]).ldelim();
    if (message.runtimeHandler != null && $Object.hasOwnProperty.call(message, "runtimeHandler") && message.runtimeHandler !== "")
     writer.uint32(74).string(message.runtimeHandler);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandboxStatus.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandboxStatus();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.id = value;
       else
        delete message.id;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.metadata = $root.runtime.v1.PodSandboxMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.state = value;
       else
        delete message.state;
       continue;
      }
     case 4: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.createdAt = value;
       else
        delete message.createdAt;
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       message.network = $root.runtime.v1.PodSandboxNetworkStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.network);
       continue;
      }
     case 6: {
       if (wireType !== 2)
        break;
       message.linux = $root.runtime.v1.LinuxPodSandboxStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.linux);
       continue;
      }
     case 7: {
       if (wireType !== 2)
        break;
       if (message.labels === $util.emptyObject)
        message.labels = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.labels, key);
       message.labels[key] = value;
       continue;
      }
     case 8: {
       if (wireType !== 2)
        break;
       if (message.annotations === $util.emptyObject)
        message.annotations = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.annotations, key);
       message.annotations[key] = value;
       continue;
      }
     case 9: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.runtimeHandler = value;
       else
        delete message.runtimeHandler;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandboxStatus;
  })();

  v1.PodSandboxStatusResponse = (function() {

   const PodSandboxStatusResponse = function (properties) {
    this.info = {};
    this.containersStatuses = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandboxStatusResponse.prototype.status = null;
   PodSandboxStatusResponse.prototype.info = $util.emptyObject;
   PodSandboxStatusResponse.prototype.containersStatuses = $util.emptyArray;
   PodSandboxStatusResponse.prototype.timestamp = 0n;

   PodSandboxStatusResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
     $root.runtime.v1.PodSandboxStatus.encode(message.status, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.info != null && $Object.hasOwnProperty.call(message, "info"))
     for (let keys = $Object.keys(message.info), i = 0; i < keys.length; ++i)
      writer.uint32(18).fork().uint32(10).string(keys[i]).uint32(18).string(message.info[keys[i]]).ldelim();
    if (message.containersStatuses != null && message.containersStatuses.length)
     for (let i = 0; i < message.containersStatuses.length; ++i)
      $root.runtime.v1.ContainerStatus.encode(message.containersStatuses[i], writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== 0n)
     writer.uint32(32).int64(message.timestamp);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandboxStatusResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandboxStatusResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.status = $root.runtime.v1.PodSandboxStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (message.info === $util.emptyObject)
        message.info = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.info, key);
       message.info[key] = value;
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (!(message.containersStatuses && message.containersStatuses.length))
        message.containersStatuses = [];
       message.containersStatuses.push($root.runtime.v1.ContainerStatus.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 4: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timestamp = value;
       else
        delete message.timestamp;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandboxStatusResponse;
  })();

  v1.PodSandboxStateValue = (function() {

   const PodSandboxStateValue = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandboxStateValue.prototype.state = 0;

   PodSandboxStateValue.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
     writer.uint32(8).int32(message.state);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandboxStateValue.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandboxStateValue();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.state = value;
       else
        delete message.state;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandboxStateValue;
  })();

  v1.PodSandboxFilter = (function() {

   const PodSandboxFilter = function (properties) {
    this.labelSelector = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandboxFilter.prototype.id = "";
   PodSandboxFilter.prototype.state = null;
   PodSandboxFilter.prototype.labelSelector = $util.emptyObject;

   PodSandboxFilter.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
     writer.uint32(10).string(message.id);
    if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
     $root.runtime.v1.PodSandboxStateValue.encode(message.state, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.labelSelector != null && $Object.hasOwnProperty.call(message, "labelSelector"))
     for (let keys = $Object.keys(message.labelSelector), i = 0; i < keys.length; ++i)
      writer.uint32(26).fork().uint32(10).string(keys[i]).uint32(18).string(message.labelSelector[keys[i]]).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandboxFilter.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandboxFilter();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.id = value;
       else
        delete message.id;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.state = $root.runtime.v1.PodSandboxStateValue.decode(reader, reader.size(), $undefined, _depth + 1, message.state);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (message.labelSelector === $util.emptyObject)
        message.labelSelector = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.labelSelector, key);
       message.labelSelector[key] = value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandboxFilter;
  })();

  v1.ListPodSandboxRequest = (function() {

   const ListPodSandboxRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ListPodSandboxRequest.prototype.filter = null;

   ListPodSandboxRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
     $root.runtime.v1.PodSandboxFilter.encode(message.filter, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ListPodSandboxRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ListPodSandboxRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.filter = $root.runtime.v1.PodSandboxFilter.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ListPodSandboxRequest;
  })();

  v1.PodSandbox = (function() {

   const PodSandbox = function (properties) {
    this.labels = {};
    this.annotations = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandbox.prototype.id = "";
   PodSandbox.prototype.metadata = null;
   PodSandbox.prototype.state = 0;
   PodSandbox.prototype.createdAt = 0n;
   PodSandbox.prototype.labels = $util.emptyObject;
   PodSandbox.prototype.annotations = $util.emptyObject;
   PodSandbox.prototype.runtimeHandler = "";

   PodSandbox.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
     writer.uint32(10).string(message.id);
    if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
     $root.runtime.v1.PodSandboxMetadata.encode(message.metadata, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
     writer.uint32(24).int32(message.state);
    if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && message.createdAt !== 0n)
     writer.uint32(32).int64(message.createdAt);
    if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
     for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
      writer.uint32(42).fork().uint32(10).string(keys[i]).uint32(18).string(message.labels[keys[i]]).ldelim();
    if (message.annotations != null && $Object.hasOwnProperty.call(message, "annotations"))
     for (let keys = $Object.keys(message.annotations), i = 0; i < keys.length; ++i)
      writer.uint32(50).fork().uint32(10).string(keys[i]).uint32(18).string(message.annotations[keys[i]]).ldelim();
    if (message.runtimeHandler != null && $Object.hasOwnProperty.call(message, "runtimeHandler") && message.runtimeHandler !== "")
     writer.uint32(58).string(message.runtimeHandler);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandbox.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandbox();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.id = value;
       else
        delete message.id;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.metadata = $root.runtime.v1.PodSandboxMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.state = value;
       else
        delete message.state;
       continue;
      }
     case 4: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.createdAt = value;
       else
        delete message.createdAt;
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       if (message.labels === $util.emptyObject)
        message.labels = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.labels, key);
       message.labels[key] = value;
       continue;
      }
     case 6: {
       if (wireType !== 2)
        break;
       if (message.annotations === $util.emptyObject)
        message.annotations = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.annotations, key);
       message.annotations[key] = value;
       continue;
      }
     case 7: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.runtimeHandler = value;
       else
        delete message.runtimeHandler;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandbox;
  })();

  v1.ListPodSandboxResponse = (function() {

   const ListPodSandboxResponse = function (properties) {
    this.items = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ListPodSandboxResponse.prototype.items = $util.emptyArray;

   ListPodSandboxResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.items != null && message.items.length)
     for (let i = 0; i < message.items.length; ++i)
      $root.runtime.v1.PodSandbox.encode(message.items[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ListPodSandboxResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ListPodSandboxResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.items && message.items.length))
        message.items = [];
       message.items.push($root.runtime.v1.PodSandbox.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ListPodSandboxResponse;
  })();

  v1.StreamPodSandboxesRequest = (function() {

   const StreamPodSandboxesRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StreamPodSandboxesRequest.prototype.filter = null;

   StreamPodSandboxesRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
     $root.runtime.v1.PodSandboxFilter.encode(message.filter, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StreamPodSandboxesRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StreamPodSandboxesRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.filter = $root.runtime.v1.PodSandboxFilter.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StreamPodSandboxesRequest;
  })();

  v1.StreamPodSandboxesResponse = (function() {

   const StreamPodSandboxesResponse = function (properties) {
    this.podSandboxes = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StreamPodSandboxesResponse.prototype.podSandboxes = $util.emptyArray;

   StreamPodSandboxesResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podSandboxes != null && message.podSandboxes.length)
     for (let i = 0; i < message.podSandboxes.length; ++i)
      $root.runtime.v1.PodSandbox.encode(message.podSandboxes[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StreamPodSandboxesResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StreamPodSandboxesResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.podSandboxes && message.podSandboxes.length))
        message.podSandboxes = [];
       message.podSandboxes.push($root.runtime.v1.PodSandbox.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StreamPodSandboxesResponse;
  })();

  v1.PodSandboxAttributes = (function() {

   const PodSandboxAttributes = function (properties) {
    this.labels = {};
    this.annotations = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandboxAttributes.prototype.id = "";
   PodSandboxAttributes.prototype.metadata = null;
   PodSandboxAttributes.prototype.labels = $util.emptyObject;
   PodSandboxAttributes.prototype.annotations = $util.emptyObject;

   PodSandboxAttributes.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
     writer.uint32(10).string(message.id);
    if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
     $root.runtime.v1.PodSandboxMetadata.encode(message.metadata, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
     for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
      writer.uint32(26).fork().uint32(10).string(keys[i]).uint32(18).string(message.labels[keys[i]]).ldelim();
    if (message.annotations != null && $Object.hasOwnProperty.call(message, "annotations"))
     for (let keys = $Object.keys(message.annotations), i = 0; i < keys.length; ++i)
      writer.uint32(34).fork().uint32(10).string(keys[i]).uint32(18).string(message.annotations[keys[i]]).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandboxAttributes.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandboxAttributes();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.id = value;
       else
        delete message.id;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.metadata = $root.runtime.v1.PodSandboxMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (message.labels === $util.emptyObject)
        message.labels = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.labels, key);
       message.labels[key] = value;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       if (message.annotations === $util.emptyObject)
        message.annotations = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.annotations, key);
       message.annotations[key] = value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandboxAttributes;
  })();

  v1.LinuxContainerResources = (function() {

   const LinuxContainerResources = function (properties) {
    this.hugepageLimits = [];
    this.unified = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   LinuxContainerResources.prototype.cpuPeriod = 0n;
   LinuxContainerResources.prototype.cpuQuota = 0n;
   LinuxContainerResources.prototype.cpuShares = 0n;
   LinuxContainerResources.prototype.memoryLimitInBytes = 0n;
   LinuxContainerResources.prototype.oomScoreAdj = 0n;
   LinuxContainerResources.prototype.cpusetCpus = "";
   LinuxContainerResources.prototype.cpusetMems = "";
   LinuxContainerResources.prototype.hugepageLimits = $util.emptyArray;
   LinuxContainerResources.prototype.unified = $util.emptyObject;
   LinuxContainerResources.prototype.memorySwapLimitInBytes = 0n;

   LinuxContainerResources.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.cpuPeriod != null && $Object.hasOwnProperty.call(message, "cpuPeriod") && message.cpuPeriod !== 0n)
     writer.uint32(8).int64(message.cpuPeriod);
    if (message.cpuQuota != null && $Object.hasOwnProperty.call(message, "cpuQuota") && message.cpuQuota !== 0n)
     writer.uint32(16).int64(message.cpuQuota);
    if (message.cpuShares != null && $Object.hasOwnProperty.call(message, "cpuShares") && message.cpuShares !== 0n)
     writer.uint32(24).int64(message.cpuShares);
    if (message.memoryLimitInBytes != null && $Object.hasOwnProperty.call(message, "memoryLimitInBytes") && message.memoryLimitInBytes !== 0n)
     writer.uint32(32).int64(message.memoryLimitInBytes);
    if (message.oomScoreAdj != null && $Object.hasOwnProperty.call(message, "oomScoreAdj") && message.oomScoreAdj !== 0n)
     writer.uint32(40).int64(message.oomScoreAdj);
    if (message.cpusetCpus != null && $Object.hasOwnProperty.call(message, "cpusetCpus") && message.cpusetCpus !== "")
     writer.uint32(50).string(message.cpusetCpus);
    if (message.cpusetMems != null && $Object.hasOwnProperty.call(message, "cpusetMems") && message.cpusetMems !== "")
     writer.uint32(58).string(message.cpusetMems);
    if (message.hugepageLimits != null && message.hugepageLimits.length)
     for (let i = 0; i < message.hugepageLimits.length; ++i)
      $root.runtime.v1.HugepageLimit.encode(message.hugepageLimits[i], writer.uint32(66).fork(), _depth + 1).ldelim();
    if (message.unified != null && $Object.hasOwnProperty.call(message, "unified"))
     for (let keys = $Object.keys(message.unified), i = 0; i < keys.length; ++i)
      writer.uint32(74).fork().uint32(10).string(keys[i]).uint32(18).string(message.unified[keys[i]]).ldelim();
    if (message.memorySwapLimitInBytes != null && $Object.hasOwnProperty.call(message, "memorySwapLimitInBytes") && message.memorySwapLimitInBytes !== 0n)
     writer.uint32(80).int64(message.memorySwapLimitInBytes);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   LinuxContainerResources.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.LinuxContainerResources();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.cpuPeriod = value;
       else
        delete message.cpuPeriod;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.cpuQuota = value;
       else
        delete message.cpuQuota;
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.cpuShares = value;
       else
        delete message.cpuShares;
       continue;
      }
     case 4: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.memoryLimitInBytes = value;
       else
        delete message.memoryLimitInBytes;
       continue;
      }
     case 5: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.oomScoreAdj = value;
       else
        delete message.oomScoreAdj;
       continue;
      }
     case 6: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.cpusetCpus = value;
       else
        delete message.cpusetCpus;
       continue;
      }
     case 7: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.cpusetMems = value;
       else
        delete message.cpusetMems;
       continue;
      }
     case 8: {
       if (wireType !== 2)
        break;
       if (!(message.hugepageLimits && message.hugepageLimits.length))
        message.hugepageLimits = [];
       message.hugepageLimits.push($root.runtime.v1.HugepageLimit.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 9: {
       if (wireType !== 2)
        break;
       if (message.unified === $util.emptyObject)
        message.unified = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.unified, key);
       message.unified[key] = value;
       continue;
      }
     case 10: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.memorySwapLimitInBytes = value;
       else
        delete message.memorySwapLimitInBytes;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return LinuxContainerResources;
  })();

  v1.HugepageLimit = (function() {

   const HugepageLimit = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   HugepageLimit.prototype.pageSize = "";
   HugepageLimit.prototype.limit = 0n;

   HugepageLimit.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.pageSize != null && $Object.hasOwnProperty.call(message, "pageSize") && message.pageSize !== "")
     writer.uint32(10).string(message.pageSize);
    if (message.limit != null && $Object.hasOwnProperty.call(message, "limit") && message.limit !== 0n)
     writer.uint32(16).uint64(message.limit);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   HugepageLimit.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.HugepageLimit();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.pageSize = value;
       else
        delete message.pageSize;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if ((value = reader.uint64()) !== 0n)
        message.limit = value;
       else
        delete message.limit;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return HugepageLimit;
  })();

  v1.ContainerResources = (function() {

   const ContainerResources = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerResources.prototype.linux = null;
   ContainerResources.prototype.windows = null;

   ContainerResources.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.linux != null && $Object.hasOwnProperty.call(message, "linux"))
     $root.runtime.v1.LinuxContainerResources.encode(message.linux, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.windows != null && $Object.hasOwnProperty.call(message, "windows"))
     $root.runtime.v1.WindowsContainerResources.encode(message.windows, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerResources.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerResources();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.linux = $root.runtime.v1.LinuxContainerResources.decode(reader, reader.size(), $undefined, _depth + 1, message.linux);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.windows = $root.runtime.v1.WindowsContainerResources.decode(reader, reader.size(), $undefined, _depth + 1, message.windows);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerResources;
  })();

  v1.UpdateContainerResourcesRequest = (function() {

   const UpdateContainerResourcesRequest = function (properties) {
    this.annotations = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   UpdateContainerResourcesRequest.prototype.containerId = "";
   UpdateContainerResourcesRequest.prototype.linux = null;
   UpdateContainerResourcesRequest.prototype.windows = null;
   UpdateContainerResourcesRequest.prototype.annotations = $util.emptyObject;

   UpdateContainerResourcesRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(10).string(message.containerId);
    if (message.linux != null && $Object.hasOwnProperty.call(message, "linux"))
     $root.runtime.v1.LinuxContainerResources.encode(message.linux, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.windows != null && $Object.hasOwnProperty.call(message, "windows"))
     $root.runtime.v1.WindowsContainerResources.encode(message.windows, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.annotations != null && $Object.hasOwnProperty.call(message, "annotations"))
     for (let keys = $Object.keys(message.annotations), i = 0; i < keys.length; ++i)
      writer.uint32(34).fork().uint32(10).string(keys[i]).uint32(18).string(message.annotations[keys[i]]).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   UpdateContainerResourcesRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.UpdateContainerResourcesRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.linux = $root.runtime.v1.LinuxContainerResources.decode(reader, reader.size(), $undefined, _depth + 1, message.linux);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.windows = $root.runtime.v1.WindowsContainerResources.decode(reader, reader.size(), $undefined, _depth + 1, message.windows);
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       if (message.annotations === $util.emptyObject)
        message.annotations = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.annotations, key);
       message.annotations[key] = value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return UpdateContainerResourcesRequest;
  })();

  v1.UpdateContainerResourcesResponse = (function() {

   const UpdateContainerResourcesResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   UpdateContainerResourcesResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   UpdateContainerResourcesResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.UpdateContainerResourcesResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return UpdateContainerResourcesResponse;
  })();

  v1.UpdatePodSandboxResourcesRequest = (function() {

   const UpdatePodSandboxResourcesRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   UpdatePodSandboxResourcesRequest.prototype.podSandboxId = "";
   UpdatePodSandboxResourcesRequest.prototype.overhead = null;
   UpdatePodSandboxResourcesRequest.prototype.resources = null;

   UpdatePodSandboxResourcesRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
     writer.uint32(10).string(message.podSandboxId);
    if (message.overhead != null && $Object.hasOwnProperty.call(message, "overhead"))
     $root.runtime.v1.LinuxContainerResources.encode(message.overhead, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.resources != null && $Object.hasOwnProperty.call(message, "resources"))
     $root.runtime.v1.LinuxContainerResources.encode(message.resources, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   UpdatePodSandboxResourcesRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.UpdatePodSandboxResourcesRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podSandboxId = value;
       else
        delete message.podSandboxId;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.overhead = $root.runtime.v1.LinuxContainerResources.decode(reader, reader.size(), $undefined, _depth + 1, message.overhead);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.resources = $root.runtime.v1.LinuxContainerResources.decode(reader, reader.size(), $undefined, _depth + 1, message.resources);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return UpdatePodSandboxResourcesRequest;
  })();

  v1.UpdatePodSandboxResourcesResponse = (function() {

   const UpdatePodSandboxResourcesResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   UpdatePodSandboxResourcesResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   UpdatePodSandboxResourcesResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.UpdatePodSandboxResourcesResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return UpdatePodSandboxResourcesResponse;
  })();

  v1.WindowsPodSandboxStats = (function() {

   const WindowsPodSandboxStats = function (properties) {
    this.containers = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsPodSandboxStats.prototype.cpu = null;
   WindowsPodSandboxStats.prototype.memory = null;
   WindowsPodSandboxStats.prototype.network = null;
   WindowsPodSandboxStats.prototype.process = null;
   WindowsPodSandboxStats.prototype.containers = $util.emptyArray;

   WindowsPodSandboxStats.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.cpu != null && $Object.hasOwnProperty.call(message, "cpu"))
     $root.runtime.v1.WindowsCpuUsage.encode(message.cpu, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.memory != null && $Object.hasOwnProperty.call(message, "memory"))
     $root.runtime.v1.WindowsMemoryUsage.encode(message.memory, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.network != null && $Object.hasOwnProperty.call(message, "network"))
     $root.runtime.v1.WindowsNetworkUsage.encode(message.network, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.process != null && $Object.hasOwnProperty.call(message, "process"))
     $root.runtime.v1.WindowsProcessUsage.encode(message.process, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.containers != null && message.containers.length)
     for (let i = 0; i < message.containers.length; ++i)
      $root.runtime.v1.WindowsContainerStats.encode(message.containers[i], writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsPodSandboxStats.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsPodSandboxStats();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.cpu = $root.runtime.v1.WindowsCpuUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.cpu);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.memory = $root.runtime.v1.WindowsMemoryUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.memory);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.network = $root.runtime.v1.WindowsNetworkUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.network);
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.process = $root.runtime.v1.WindowsProcessUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.process);
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       if (!(message.containers && message.containers.length))
        message.containers = [];
       message.containers.push($root.runtime.v1.WindowsContainerStats.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsPodSandboxStats;
  })();

  v1.WindowsNetworkUsage = (function() {

   const WindowsNetworkUsage = function (properties) {
    this.interfaces = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsNetworkUsage.prototype.timestamp = 0n;
   WindowsNetworkUsage.prototype.defaultInterface = null;
   WindowsNetworkUsage.prototype.interfaces = $util.emptyArray;

   WindowsNetworkUsage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== 0n)
     writer.uint32(8).int64(message.timestamp);
    if (message.defaultInterface != null && $Object.hasOwnProperty.call(message, "defaultInterface"))
     $root.runtime.v1.WindowsNetworkInterfaceUsage.encode(message.defaultInterface, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.interfaces != null && message.interfaces.length)
     for (let i = 0; i < message.interfaces.length; ++i)
      $root.runtime.v1.WindowsNetworkInterfaceUsage.encode(message.interfaces[i], writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsNetworkUsage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsNetworkUsage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timestamp = value;
       else
        delete message.timestamp;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.defaultInterface = $root.runtime.v1.WindowsNetworkInterfaceUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.defaultInterface);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (!(message.interfaces && message.interfaces.length))
        message.interfaces = [];
       message.interfaces.push($root.runtime.v1.WindowsNetworkInterfaceUsage.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsNetworkUsage;
  })();

  v1.WindowsNetworkInterfaceUsage = (function() {

   const WindowsNetworkInterfaceUsage = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsNetworkInterfaceUsage.prototype.name = "";
   WindowsNetworkInterfaceUsage.prototype.rxBytes = null;
   WindowsNetworkInterfaceUsage.prototype.rxPacketsDropped = null;
   WindowsNetworkInterfaceUsage.prototype.txBytes = null;
   WindowsNetworkInterfaceUsage.prototype.txPacketsDropped = null;

   WindowsNetworkInterfaceUsage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
     writer.uint32(10).string(message.name);
    if (message.rxBytes != null && $Object.hasOwnProperty.call(message, "rxBytes"))
     $root.runtime.v1.UInt64Value.encode(message.rxBytes, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.rxPacketsDropped != null && $Object.hasOwnProperty.call(message, "rxPacketsDropped"))
     $root.runtime.v1.UInt64Value.encode(message.rxPacketsDropped, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.txBytes != null && $Object.hasOwnProperty.call(message, "txBytes"))
     $root.runtime.v1.UInt64Value.encode(message.txBytes, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.txPacketsDropped != null && $Object.hasOwnProperty.call(message, "txPacketsDropped"))
     $root.runtime.v1.UInt64Value.encode(message.txPacketsDropped, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsNetworkInterfaceUsage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsNetworkInterfaceUsage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.name = value;
       else
        delete message.name;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.rxBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.rxBytes);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.rxPacketsDropped = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.rxPacketsDropped);
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.txBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.txBytes);
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       message.txPacketsDropped = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.txPacketsDropped);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsNetworkInterfaceUsage;
  })();

  v1.WindowsProcessUsage = (function() {

   const WindowsProcessUsage = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsProcessUsage.prototype.timestamp = 0n;
   WindowsProcessUsage.prototype.processCount = null;

   WindowsProcessUsage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== 0n)
     writer.uint32(8).int64(message.timestamp);
    if (message.processCount != null && $Object.hasOwnProperty.call(message, "processCount"))
     $root.runtime.v1.UInt64Value.encode(message.processCount, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsProcessUsage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsProcessUsage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timestamp = value;
       else
        delete message.timestamp;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.processCount = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.processCount);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsProcessUsage;
  })();

  v1.WindowsNamespaceOption = (function() {

   const WindowsNamespaceOption = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsNamespaceOption.prototype.network = 0;

   WindowsNamespaceOption.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.network != null && $Object.hasOwnProperty.call(message, "network") && message.network !== 0)
     writer.uint32(8).int32(message.network);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsNamespaceOption.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsNamespaceOption();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.network = value;
       else
        delete message.network;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsNamespaceOption;
  })();

  v1.WindowsSandboxSecurityContext = (function() {

   const WindowsSandboxSecurityContext = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsSandboxSecurityContext.prototype.runAsUsername = "";
   WindowsSandboxSecurityContext.prototype.credentialSpec = "";
   WindowsSandboxSecurityContext.prototype.hostProcess = false;
   WindowsSandboxSecurityContext.prototype.namespaceOptions = null;

   WindowsSandboxSecurityContext.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.runAsUsername != null && $Object.hasOwnProperty.call(message, "runAsUsername") && message.runAsUsername !== "")
     writer.uint32(10).string(message.runAsUsername);
    if (message.credentialSpec != null && $Object.hasOwnProperty.call(message, "credentialSpec") && message.credentialSpec !== "")
     writer.uint32(18).string(message.credentialSpec);
    if (message.hostProcess != null && $Object.hasOwnProperty.call(message, "hostProcess") && message.hostProcess !== false)
     writer.uint32(24).bool(message.hostProcess);
    if (message.namespaceOptions != null && $Object.hasOwnProperty.call(message, "namespaceOptions"))
     $root.runtime.v1.WindowsNamespaceOption.encode(message.namespaceOptions, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsSandboxSecurityContext.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsSandboxSecurityContext();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.runAsUsername = value;
       else
        delete message.runAsUsername;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.credentialSpec = value;
       else
        delete message.credentialSpec;
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.hostProcess = value;
       else
        delete message.hostProcess;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.namespaceOptions = $root.runtime.v1.WindowsNamespaceOption.decode(reader, reader.size(), $undefined, _depth + 1, message.namespaceOptions);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsSandboxSecurityContext;
  })();

  v1.WindowsPodSandboxConfig = (function() {

   const WindowsPodSandboxConfig = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsPodSandboxConfig.prototype.securityContext = null;

   WindowsPodSandboxConfig.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.securityContext != null && $Object.hasOwnProperty.call(message, "securityContext"))
     $root.runtime.v1.WindowsSandboxSecurityContext.encode(message.securityContext, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsPodSandboxConfig.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsPodSandboxConfig();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.securityContext = $root.runtime.v1.WindowsSandboxSecurityContext.decode(reader, reader.size(), $undefined, _depth + 1, message.securityContext);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsPodSandboxConfig;
  })();

  v1.WindowsContainerSecurityContext = (function() {

   const WindowsContainerSecurityContext = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsContainerSecurityContext.prototype.runAsUsername = "";
   WindowsContainerSecurityContext.prototype.credentialSpec = "";
   WindowsContainerSecurityContext.prototype.hostProcess = false;

   WindowsContainerSecurityContext.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.runAsUsername != null && $Object.hasOwnProperty.call(message, "runAsUsername") && message.runAsUsername !== "")
     writer.uint32(10).string(message.runAsUsername);
    if (message.credentialSpec != null && $Object.hasOwnProperty.call(message, "credentialSpec") && message.credentialSpec !== "")
     writer.uint32(18).string(message.credentialSpec);
    if (message.hostProcess != null && $Object.hasOwnProperty.call(message, "hostProcess") && message.hostProcess !== false)
     writer.uint32(24).bool(message.hostProcess);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsContainerSecurityContext.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsContainerSecurityContext();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.runAsUsername = value;
       else
        delete message.runAsUsername;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.credentialSpec = value;
       else
        delete message.credentialSpec;
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.hostProcess = value;
       else
        delete message.hostProcess;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsContainerSecurityContext;
  })();

  v1.WindowsContainerConfig = (function() {

   const WindowsContainerConfig = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsContainerConfig.prototype.resources = null;
   WindowsContainerConfig.prototype.securityContext = null;

   WindowsContainerConfig.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.resources != null && $Object.hasOwnProperty.call(message, "resources"))
     $root.runtime.v1.WindowsContainerResources.encode(message.resources, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.securityContext != null && $Object.hasOwnProperty.call(message, "securityContext"))
     $root.runtime.v1.WindowsContainerSecurityContext.encode(message.securityContext, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsContainerConfig.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsContainerConfig();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.resources = $root.runtime.v1.WindowsContainerResources.decode(reader, reader.size(), $undefined, _depth + 1, message.resources);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.securityContext = $root.runtime.v1.WindowsContainerSecurityContext.decode(reader, reader.size(), $undefined, _depth + 1, message.securityContext);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsContainerConfig;
  })();

  v1.WindowsContainerResources = (function() {

   const WindowsContainerResources = function (properties) {
    this.affinityCpus = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsContainerResources.prototype.cpuShares = 0n;
   WindowsContainerResources.prototype.cpuCount = 0n;
   WindowsContainerResources.prototype.cpuMaximum = 0n;
   WindowsContainerResources.prototype.memoryLimitInBytes = 0n;
   WindowsContainerResources.prototype.rootfsSizeInBytes = 0n;
   WindowsContainerResources.prototype.affinityCpus = $util.emptyArray;

   WindowsContainerResources.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.cpuShares != null && $Object.hasOwnProperty.call(message, "cpuShares") && message.cpuShares !== 0n)
     writer.uint32(8).int64(message.cpuShares);
    if (message.cpuCount != null && $Object.hasOwnProperty.call(message, "cpuCount") && message.cpuCount !== 0n)
     writer.uint32(16).int64(message.cpuCount);
    if (message.cpuMaximum != null && $Object.hasOwnProperty.call(message, "cpuMaximum") && message.cpuMaximum !== 0n)
     writer.uint32(24).int64(message.cpuMaximum);
    if (message.memoryLimitInBytes != null && $Object.hasOwnProperty.call(message, "memoryLimitInBytes") && message.memoryLimitInBytes !== 0n)
     writer.uint32(32).int64(message.memoryLimitInBytes);
    if (message.rootfsSizeInBytes != null && $Object.hasOwnProperty.call(message, "rootfsSizeInBytes") && message.rootfsSizeInBytes !== 0n)
     writer.uint32(40).int64(message.rootfsSizeInBytes);
    if (message.affinityCpus != null && message.affinityCpus.length)
     for (let i = 0; i < message.affinityCpus.length; ++i)
      $root.runtime.v1.WindowsCpuGroupAffinity.encode(message.affinityCpus[i], writer.uint32(50).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsContainerResources.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsContainerResources();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.cpuShares = value;
       else
        delete message.cpuShares;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.cpuCount = value;
       else
        delete message.cpuCount;
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.cpuMaximum = value;
       else
        delete message.cpuMaximum;
       continue;
      }
     case 4: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.memoryLimitInBytes = value;
       else
        delete message.memoryLimitInBytes;
       continue;
      }
     case 5: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.rootfsSizeInBytes = value;
       else
        delete message.rootfsSizeInBytes;
       continue;
      }
     case 6: {
       if (wireType !== 2)
        break;
       if (!(message.affinityCpus && message.affinityCpus.length))
        message.affinityCpus = [];
       message.affinityCpus.push($root.runtime.v1.WindowsCpuGroupAffinity.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsContainerResources;
  })();

  v1.WindowsCpuGroupAffinity = (function() {

   const WindowsCpuGroupAffinity = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsCpuGroupAffinity.prototype.cpuMask = 0n;
   WindowsCpuGroupAffinity.prototype.cpuGroup = 0;

   WindowsCpuGroupAffinity.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.cpuMask != null && $Object.hasOwnProperty.call(message, "cpuMask") && message.cpuMask !== 0n)
     writer.uint32(8).uint64(message.cpuMask);
    if (message.cpuGroup != null && $Object.hasOwnProperty.call(message, "cpuGroup") && message.cpuGroup !== 0)
     writer.uint32(16).uint32(message.cpuGroup);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsCpuGroupAffinity.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsCpuGroupAffinity();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.uint64()) !== 0n)
        message.cpuMask = value;
       else
        delete message.cpuMask;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if (value = reader.uint32())
        message.cpuGroup = value;
       else
        delete message.cpuGroup;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsCpuGroupAffinity;
  })();

  v1.WindowsFilesystemUsage = (function() {

   const WindowsFilesystemUsage = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsFilesystemUsage.prototype.timestamp = 0n;
   WindowsFilesystemUsage.prototype.fsId = null;
   WindowsFilesystemUsage.prototype.usedBytes = null;

   WindowsFilesystemUsage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== 0n)
     writer.uint32(8).int64(message.timestamp);
    if (message.fsId != null && $Object.hasOwnProperty.call(message, "fsId"))
     $root.runtime.v1.FilesystemIdentifier.encode(message.fsId, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.usedBytes != null && $Object.hasOwnProperty.call(message, "usedBytes"))
     $root.runtime.v1.UInt64Value.encode(message.usedBytes, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsFilesystemUsage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsFilesystemUsage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timestamp = value;
       else
        delete message.timestamp;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.fsId = $root.runtime.v1.FilesystemIdentifier.decode(reader, reader.size(), $undefined, _depth + 1, message.fsId);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.usedBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.usedBytes);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsFilesystemUsage;
  })();

  v1.WindowsContainerStats = (function() {

   const WindowsContainerStats = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsContainerStats.prototype.attributes = null;
   WindowsContainerStats.prototype.cpu = null;
   WindowsContainerStats.prototype.memory = null;
   WindowsContainerStats.prototype.writableLayer = null;

   WindowsContainerStats.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.attributes != null && $Object.hasOwnProperty.call(message, "attributes"))
     $root.runtime.v1.ContainerAttributes.encode(message.attributes, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.cpu != null && $Object.hasOwnProperty.call(message, "cpu"))
     $root.runtime.v1.WindowsCpuUsage.encode(message.cpu, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.memory != null && $Object.hasOwnProperty.call(message, "memory"))
     $root.runtime.v1.WindowsMemoryUsage.encode(message.memory, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.writableLayer != null && $Object.hasOwnProperty.call(message, "writableLayer"))
     $root.runtime.v1.WindowsFilesystemUsage.encode(message.writableLayer, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsContainerStats.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsContainerStats();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.attributes = $root.runtime.v1.ContainerAttributes.decode(reader, reader.size(), $undefined, _depth + 1, message.attributes);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.cpu = $root.runtime.v1.WindowsCpuUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.cpu);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.memory = $root.runtime.v1.WindowsMemoryUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.memory);
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.writableLayer = $root.runtime.v1.WindowsFilesystemUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.writableLayer);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsContainerStats;
  })();

  v1.WindowsCpuUsage = (function() {

   const WindowsCpuUsage = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsCpuUsage.prototype.timestamp = 0n;
   WindowsCpuUsage.prototype.usageCoreNanoSeconds = null;
   WindowsCpuUsage.prototype.usageNanoCores = null;

   WindowsCpuUsage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== 0n)
     writer.uint32(8).int64(message.timestamp);
    if (message.usageCoreNanoSeconds != null && $Object.hasOwnProperty.call(message, "usageCoreNanoSeconds"))
     $root.runtime.v1.UInt64Value.encode(message.usageCoreNanoSeconds, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.usageNanoCores != null && $Object.hasOwnProperty.call(message, "usageNanoCores"))
     $root.runtime.v1.UInt64Value.encode(message.usageNanoCores, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsCpuUsage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsCpuUsage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timestamp = value;
       else
        delete message.timestamp;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.usageCoreNanoSeconds = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.usageCoreNanoSeconds);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.usageNanoCores = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.usageNanoCores);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsCpuUsage;
  })();

  v1.WindowsMemoryUsage = (function() {

   const WindowsMemoryUsage = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   WindowsMemoryUsage.prototype.timestamp = 0n;
   WindowsMemoryUsage.prototype.workingSetBytes = null;
   WindowsMemoryUsage.prototype.availableBytes = null;
   WindowsMemoryUsage.prototype.pageFaults = null;
   WindowsMemoryUsage.prototype.commitMemoryBytes = null;

   WindowsMemoryUsage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== 0n)
     writer.uint32(8).int64(message.timestamp);
    if (message.workingSetBytes != null && $Object.hasOwnProperty.call(message, "workingSetBytes"))
     $root.runtime.v1.UInt64Value.encode(message.workingSetBytes, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.availableBytes != null && $Object.hasOwnProperty.call(message, "availableBytes"))
     $root.runtime.v1.UInt64Value.encode(message.availableBytes, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.pageFaults != null && $Object.hasOwnProperty.call(message, "pageFaults"))
     $root.runtime.v1.UInt64Value.encode(message.pageFaults, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.commitMemoryBytes != null && $Object.hasOwnProperty.call(message, "commitMemoryBytes"))
     $root.runtime.v1.UInt64Value.encode(message.commitMemoryBytes, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   WindowsMemoryUsage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.WindowsMemoryUsage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timestamp = value;
       else
        delete message.timestamp;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.workingSetBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.workingSetBytes);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.availableBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.availableBytes);
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.pageFaults = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.pageFaults);
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       message.commitMemoryBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.commitMemoryBytes);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return WindowsMemoryUsage;
  })();

  v1.IDMapping = (function() {

   const IDMapping = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   IDMapping.prototype.hostId = 0;
   IDMapping.prototype.containerId = 0;
   IDMapping.prototype.length = 0;

   IDMapping.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.hostId != null && $Object.hasOwnProperty.call(message, "hostId") && message.hostId !== 0)
     writer.uint32(8).uint32(message.hostId);
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== 0)
     writer.uint32(16).uint32(message.containerId);
    if (message.length != null && $Object.hasOwnProperty.call(message, "length") && message.length !== 0)
     writer.uint32(24).uint32(message.length);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   IDMapping.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.IDMapping();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if (value = reader.uint32())
        message.hostId = value;
       else
        delete message.hostId;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if (value = reader.uint32())
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if (value = reader.uint32())
        message.length = value;
       else
        delete message.length;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return IDMapping;
  })();

  v1.NamespaceMode = (function() {
   const valuesById = $Object.create(null), values = $Object.create(valuesById);
   values[valuesById[0] = "POD"] = 0;
   values[valuesById[1] = "CONTAINER"] = 1;
   values[valuesById[2] = "NODE"] = 2;
   values[valuesById[3] = "TARGET"] = 3;
   return values;
  })();

  v1.UserNamespace = (function() {

   const UserNamespace = function (properties) {
    this.uids = [];
    this.gids = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   UserNamespace.prototype.mode = 0;
   UserNamespace.prototype.uids = $util.emptyArray;
   UserNamespace.prototype.gids = $util.emptyArray;

   UserNamespace.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.mode != null && $Object.hasOwnProperty.call(message, "mode") && message.mode !== 0)
     writer.uint32(8).int32(message.mode);
    if (message.uids != null && message.uids.length)
     for (let i = 0; i < message.uids.length; ++i)
      $root.runtime.v1.IDMapping.encode(message.uids[i], writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.gids != null && message.gids.length)
     for (let i = 0; i < message.gids.length; ++i)
      $root.runtime.v1.IDMapping.encode(message.gids[i], writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   UserNamespace.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.UserNamespace();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.mode = value;
       else
        delete message.mode;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (!(message.uids && message.uids.length))
        message.uids = [];
       message.uids.push($root.runtime.v1.IDMapping.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (!(message.gids && message.gids.length))
        message.gids = [];
       message.gids.push($root.runtime.v1.IDMapping.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return UserNamespace;
  })();

  v1.NamespaceOption = (function() {

   const NamespaceOption = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   NamespaceOption.prototype.network = 0;
   NamespaceOption.prototype.pid = 0;
   NamespaceOption.prototype.ipc = 0;
   NamespaceOption.prototype.targetId = "";
   NamespaceOption.prototype.usernsOptions = null;

   NamespaceOption.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.network != null && $Object.hasOwnProperty.call(message, "network") && message.network !== 0)
     writer.uint32(8).int32(message.network);
    if (message.pid != null && $Object.hasOwnProperty.call(message, "pid") && message.pid !== 0)
     writer.uint32(16).int32(message.pid);
    if (message.ipc != null && $Object.hasOwnProperty.call(message, "ipc") && message.ipc !== 0)
     writer.uint32(24).int32(message.ipc);
    if (message.targetId != null && $Object.hasOwnProperty.call(message, "targetId") && message.targetId !== "")
     writer.uint32(34).string(message.targetId);
    if (message.usernsOptions != null && $Object.hasOwnProperty.call(message, "usernsOptions"))
     $root.runtime.v1.UserNamespace.encode(message.usernsOptions, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   NamespaceOption.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.NamespaceOption();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.network = value;
       else
        delete message.network;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.pid = value;
       else
        delete message.pid;
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.ipc = value;
       else
        delete message.ipc;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.targetId = value;
       else
        delete message.targetId;
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       message.usernsOptions = $root.runtime.v1.UserNamespace.decode(reader, reader.size(), $undefined, _depth + 1, message.usernsOptions);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return NamespaceOption;
  })();

  v1.SupplementalGroupsPolicy = (function() {
   const valuesById = $Object.create(null), values = $Object.create(valuesById);
   values[valuesById[0] = "Merge"] = 0;
   values[valuesById[1] = "Strict"] = 1;
   return values;
  })();

  v1.LinuxSandboxSecurityContext = (function() {

   const LinuxSandboxSecurityContext = function (properties) {
    this.supplementalGroups = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   LinuxSandboxSecurityContext.prototype.namespaceOptions = null;
   LinuxSandboxSecurityContext.prototype.selinuxOptions = null;
   LinuxSandboxSecurityContext.prototype.runAsUser = null;
   LinuxSandboxSecurityContext.prototype.runAsGroup = null;
   LinuxSandboxSecurityContext.prototype.readonlyRootfs = false;
   LinuxSandboxSecurityContext.prototype.supplementalGroups = $util.emptyArray;
   LinuxSandboxSecurityContext.prototype.supplementalGroupsPolicy = 0;
   LinuxSandboxSecurityContext.prototype.privileged = false;
   LinuxSandboxSecurityContext.prototype.seccomp = null;
   LinuxSandboxSecurityContext.prototype.apparmor = null;
   LinuxSandboxSecurityContext.prototype.seccompProfilePath = "";

   LinuxSandboxSecurityContext.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.namespaceOptions != null && $Object.hasOwnProperty.call(message, "namespaceOptions"))
     $root.runtime.v1.NamespaceOption.encode(message.namespaceOptions, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.selinuxOptions != null && $Object.hasOwnProperty.call(message, "selinuxOptions"))
     $root.runtime.v1.SELinuxOption.encode(message.selinuxOptions, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.runAsUser != null && $Object.hasOwnProperty.call(message, "runAsUser"))
     $root.runtime.v1.Int64Value.encode(message.runAsUser, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.readonlyRootfs != null && $Object.hasOwnProperty.call(message, "readonlyRootfs") && message.readonlyRootfs !== false)
     writer.uint32(32).bool(message.readonlyRootfs);
    if (message.supplementalGroups != null && message.supplementalGroups.length)
     writer.uint32(42).int64s(message.supplementalGroups);
    if (message.privileged != null && $Object.hasOwnProperty.call(message, "privileged") && message.privileged !== false)
     writer.uint32(48).bool(message.privileged);
    if (message.seccompProfilePath != null && $Object.hasOwnProperty.call(message, "seccompProfilePath") && message.seccompProfilePath !== "")
     writer.uint32(58).string(message.seccompProfilePath);
    if (message.runAsGroup != null && $Object.hasOwnProperty.call(message, "runAsGroup"))
     $root.runtime.v1.Int64Value.encode(message.runAsGroup, writer.uint32(66).fork(), _depth + 1).ldelim();
    if (message.seccomp != null && $Object.hasOwnProperty.call(message, "seccomp"))
     $root.runtime.v1.SecurityProfile.encode(message.seccomp, writer.uint32(74).fork(), _depth + 1).ldelim();
    if (message.apparmor != null && $Object.hasOwnProperty.call(message, "apparmor"))
     $root.runtime.v1.SecurityProfile.encode(message.apparmor, writer.uint32(82).fork(), _depth + 1).ldelim();
    if (message.supplementalGroupsPolicy != null && $Object.hasOwnProperty.call(message, "supplementalGroupsPolicy") && message.supplementalGroupsPolicy !== 0)
     writer.uint32(88).int32(message.supplementalGroupsPolicy);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   LinuxSandboxSecurityContext.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.LinuxSandboxSecurityContext();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.namespaceOptions = $root.runtime.v1.NamespaceOption.decode(reader, reader.size(), $undefined, _depth + 1, message.namespaceOptions);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.selinuxOptions = $root.runtime.v1.SELinuxOption.decode(reader, reader.size(), $undefined, _depth + 1, message.selinuxOptions);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.runAsUser = $root.runtime.v1.Int64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.runAsUser);
       continue;
      }
     case 8: {
       if (wireType !== 2)
        break;
       message.runAsGroup = $root.runtime.v1.Int64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.runAsGroup);
       continue;
      }
     case 4: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.readonlyRootfs = value;
       else
        delete message.readonlyRootfs;
       continue;
      }
     case 5: {
       if (wireType === 2) {
        if (!(message.supplementalGroups && message.supplementalGroups.length))
         message.supplementalGroups = [];
        reader.int64s(message.supplementalGroups);
        continue;
       }
       if (wireType !== 0)
        break;
       if (!(message.supplementalGroups && message.supplementalGroups.length))
        message.supplementalGroups = [];
       message.supplementalGroups.push(reader.int64());
       continue;
      }
     case 11: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.supplementalGroupsPolicy = value;
       else
        delete message.supplementalGroupsPolicy;
       continue;
      }
     case 6: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.privileged = value;
       else
        delete message.privileged;
       continue;
      }
     case 9: {
       if (wireType !== 2)
        break;
       message.seccomp = $root.runtime.v1.SecurityProfile.decode(reader, reader.size(), $undefined, _depth + 1, message.seccomp);
       continue;
      }
     case 10: {
       if (wireType !== 2)
        break;
       message.apparmor = $root.runtime.v1.SecurityProfile.decode(reader, reader.size(), $undefined, _depth + 1, message.apparmor);
       continue;
      }
     case 7: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.seccompProfilePath = value;
       else
        delete message.seccompProfilePath;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return LinuxSandboxSecurityContext;
  })();

  v1.SecurityProfile = (function() {

   const SecurityProfile = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   SecurityProfile.prototype.profileType = 0;
   SecurityProfile.prototype.localhostRef = "";

   SecurityProfile.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.profileType != null && $Object.hasOwnProperty.call(message, "profileType") && message.profileType !== 0)
     writer.uint32(8).int32(message.profileType);
    if (message.localhostRef != null && $Object.hasOwnProperty.call(message, "localhostRef") && message.localhostRef !== "")
     writer.uint32(18).string(message.localhostRef);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   SecurityProfile.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.SecurityProfile();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.profileType = value;
       else
        delete message.profileType;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.localhostRef = value;
       else
        delete message.localhostRef;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   SecurityProfile.ProfileType = (function() {
    const valuesById = $Object.create(null), values = $Object.create(valuesById);
    values[valuesById[0] = "RuntimeDefault"] = 0;
    values[valuesById[1] = "Unconfined"] = 1;
    values[valuesById[2] = "Localhost"] = 2;
    return values;
   })();

   return SecurityProfile;
  })();

  v1.SELinuxOption = (function() {

   const SELinuxOption = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   SELinuxOption.prototype.user = "";
   SELinuxOption.prototype.role = "";
   SELinuxOption.prototype.type = "";
   SELinuxOption.prototype.level = "";

   SELinuxOption.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.user != null && $Object.hasOwnProperty.call(message, "user") && message.user !== "")
     writer.uint32(10).string(message.user);
    if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== "")
     writer.uint32(18).string(message.role);
    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
     writer.uint32(26).string(message.type);
    if (message.level != null && $Object.hasOwnProperty.call(message, "level") && message.level !== "")
     writer.uint32(34).string(message.level);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   SELinuxOption.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.SELinuxOption();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.user = value;
       else
        delete message.user;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.role = value;
       else
        delete message.role;
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.type = value;
       else
        delete message.type;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.level = value;
       else
        delete message.level;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return SELinuxOption;
  })();

  v1.Capability = (function() {

   const Capability = function (properties) {
    this.addCapabilities = [];
    this.dropCapabilities = [];
    this.addAmbientCapabilities = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Capability.prototype.addCapabilities = $util.emptyArray;
   Capability.prototype.dropCapabilities = $util.emptyArray;
   Capability.prototype.addAmbientCapabilities = $util.emptyArray;

   Capability.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.addCapabilities != null && message.addCapabilities.length)
     for (let i = 0; i < message.addCapabilities.length; ++i)
      writer.uint32(10).string(message.addCapabilities[i]);
    if (message.dropCapabilities != null && message.dropCapabilities.length)
     for (let i = 0; i < message.dropCapabilities.length; ++i)
      writer.uint32(18).string(message.dropCapabilities[i]);
    if (message.addAmbientCapabilities != null && message.addAmbientCapabilities.length)
     for (let i = 0; i < message.addAmbientCapabilities.length; ++i)
      writer.uint32(26).string(message.addAmbientCapabilities[i]);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Capability.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.Capability();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.addCapabilities && message.addCapabilities.length))
        message.addCapabilities = [];
       message.addCapabilities.push(reader.stringVerify());
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (!(message.dropCapabilities && message.dropCapabilities.length))
        message.dropCapabilities = [];
       message.dropCapabilities.push(reader.stringVerify());
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (!(message.addAmbientCapabilities && message.addAmbientCapabilities.length))
        message.addAmbientCapabilities = [];
       message.addAmbientCapabilities.push(reader.stringVerify());
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Capability;
  })();

  v1.LinuxContainerSecurityContext = (function() {

   const LinuxContainerSecurityContext = function (properties) {
    this.supplementalGroups = [];
    this.maskedPaths = [];
    this.readonlyPaths = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   LinuxContainerSecurityContext.prototype.capabilities = null;
   LinuxContainerSecurityContext.prototype.privileged = false;
   LinuxContainerSecurityContext.prototype.namespaceOptions = null;
   LinuxContainerSecurityContext.prototype.selinuxOptions = null;
   LinuxContainerSecurityContext.prototype.runAsUser = null;
   LinuxContainerSecurityContext.prototype.runAsGroup = null;
   LinuxContainerSecurityContext.prototype.runAsUsername = "";
   LinuxContainerSecurityContext.prototype.readonlyRootfs = false;
   LinuxContainerSecurityContext.prototype.supplementalGroups = $util.emptyArray;
   LinuxContainerSecurityContext.prototype.supplementalGroupsPolicy = 0;
   LinuxContainerSecurityContext.prototype.noNewPrivs = false;
   LinuxContainerSecurityContext.prototype.maskedPaths = $util.emptyArray;
   LinuxContainerSecurityContext.prototype.readonlyPaths = $util.emptyArray;
   LinuxContainerSecurityContext.prototype.seccomp = null;
   LinuxContainerSecurityContext.prototype.apparmor = null;
   LinuxContainerSecurityContext.prototype.apparmorProfile = "";
   LinuxContainerSecurityContext.prototype.seccompProfilePath = "";

   LinuxContainerSecurityContext.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.capabilities != null && $Object.hasOwnProperty.call(message, "capabilities"))
     $root.runtime.v1.Capability.encode(message.capabilities, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.privileged != null && $Object.hasOwnProperty.call(message, "privileged") && message.privileged !== false)
     writer.uint32(16).bool(message.privileged);
    if (message.namespaceOptions != null && $Object.hasOwnProperty.call(message, "namespaceOptions"))
     $root.runtime.v1.NamespaceOption.encode(message.namespaceOptions, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.selinuxOptions != null && $Object.hasOwnProperty.call(message, "selinuxOptions"))
     $root.runtime.v1.SELinuxOption.encode(message.selinuxOptions, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.runAsUser != null && $Object.hasOwnProperty.call(message, "runAsUser"))
     $root.runtime.v1.Int64Value.encode(message.runAsUser, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.runAsUsername != null && $Object.hasOwnProperty.call(message, "runAsUsername") && message.runAsUsername !== "")
     writer.uint32(50).string(message.runAsUsername);
    if (message.readonlyRootfs != null && $Object.hasOwnProperty.call(message, "readonlyRootfs") && message.readonlyRootfs !== false)
     writer.uint32(56).bool(message.readonlyRootfs);
    if (message.supplementalGroups != null && message.supplementalGroups.length)
     writer.uint32(66).int64s(message.supplementalGroups);
    if (message.apparmorProfile != null && $Object.hasOwnProperty.call(message, "apparmorProfile") && message.apparmorProfile !== "")
     writer.uint32(74).string(message.apparmorProfile);
    if (message.seccompProfilePath != null && $Object.hasOwnProperty.call(message, "seccompProfilePath") && message.seccompProfilePath !== "")
     writer.uint32(82).string(message.seccompProfilePath);
    if (message.noNewPrivs != null && $Object.hasOwnProperty.call(message, "noNewPrivs") && message.noNewPrivs !== false)
     writer.uint32(88).bool(message.noNewPrivs);
    if (message.runAsGroup != null && $Object.hasOwnProperty.call(message, "runAsGroup"))
     $root.runtime.v1.Int64Value.encode(message.runAsGroup, writer.uint32(98).fork(), _depth + 1).ldelim();
    if (message.maskedPaths != null && message.maskedPaths.length)
     for (let i = 0; i < message.maskedPaths.length; ++i)
      writer.uint32(106).string(message.maskedPaths[i]);
    if (message.readonlyPaths != null && message.readonlyPaths.length)
     for (let i = 0; i < message.readonlyPaths.length; ++i)
      writer.uint32(114).string(message.readonlyPaths[i]);
    if (message.seccomp != null && $Object.hasOwnProperty.call(message, "seccomp"))
     $root.runtime.v1.SecurityProfile.encode(message.seccomp, writer.uint32(122).fork(), _depth + 1).ldelim();
    if (message.apparmor != null && $Object.hasOwnProperty.call(message, "apparmor"))
     $root.runtime.v1.SecurityProfile.encode(message.apparmor, writer.uint32(130).fork(), _depth + 1).ldelim();
    if (message.supplementalGroupsPolicy != null && $Object.hasOwnProperty.call(message, "supplementalGroupsPolicy") && message.supplementalGroupsPolicy !== 0)
     writer.uint32(136).int32(message.supplementalGroupsPolicy);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   LinuxContainerSecurityContext.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.LinuxContainerSecurityContext();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.capabilities = $root.runtime.v1.Capability.decode(reader, reader.size(), $undefined, _depth + 1, message.capabilities);
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.privileged = value;
       else
        delete message.privileged;
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.namespaceOptions = $root.runtime.v1.NamespaceOption.decode(reader, reader.size(), $undefined, _depth + 1, message.namespaceOptions);
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.selinuxOptions = $root.runtime.v1.SELinuxOption.decode(reader, reader.size(), $undefined, _depth + 1, message.selinuxOptions);
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       message.runAsUser = $root.runtime.v1.Int64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.runAsUser);
       continue;
      }
     case 12: {
       if (wireType !== 2)
        break;
       message.runAsGroup = $root.runtime.v1.Int64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.runAsGroup);
       continue;
      }
     case 6: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.runAsUsername = value;
       else
        delete message.runAsUsername;
       continue;
      }
     case 7: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.readonlyRootfs = value;
       else
        delete message.readonlyRootfs;
       continue;
      }
     case 8: {
       if (wireType === 2) {
        if (!(message.supplementalGroups && message.supplementalGroups.length))
         message.supplementalGroups = [];
        reader.int64s(message.supplementalGroups);
        continue;
       }
       if (wireType !== 0)
        break;
       if (!(message.supplementalGroups && message.supplementalGroups.length))
        message.supplementalGroups = [];
       message.supplementalGroups.push(reader.int64());
       continue;
      }
     case 17: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.supplementalGroupsPolicy = value;
       else
        delete message.supplementalGroupsPolicy;
       continue;
      }
     case 11: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.noNewPrivs = value;
       else
        delete message.noNewPrivs;
       continue;
      }
     case 13: {
       if (wireType !== 2)
        break;
       if (!(message.maskedPaths && message.maskedPaths.length))
        message.maskedPaths = [];
       message.maskedPaths.push(reader.stringVerify());
       continue;
      }
     case 14: {
       if (wireType !== 2)
        break;
       if (!(message.readonlyPaths && message.readonlyPaths.length))
        message.readonlyPaths = [];
       message.readonlyPaths.push(reader.stringVerify());
       continue;
      }
     case 15: {
       if (wireType !== 2)
        break;
       message.seccomp = $root.runtime.v1.SecurityProfile.decode(reader, reader.size(), $undefined, _depth + 1, message.seccomp);
       continue;
      }
     case 16: {
       if (wireType !== 2)
        break;
       message.apparmor = $root.runtime.v1.SecurityProfile.decode(reader, reader.size(), $undefined, _depth + 1, message.apparmor);
       continue;
      }
     case 9: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.apparmorProfile = value;
       else
        delete message.apparmorProfile;
       continue;
      }
     case 10: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.seccompProfilePath = value;
       else
        delete message.seccompProfilePath;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return LinuxContainerSecurityContext;
  })();

  v1.Int64Value = (function() {

   const Int64Value = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Int64Value.prototype.value = 0n;

   Int64Value.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== 0n)
     writer.uint32(8).int64(message.value);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Int64Value.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.Int64Value();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.value = value;
       else
        delete message.value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Int64Value;
  })();

  v1.UInt64Value = (function() {

   const UInt64Value = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   UInt64Value.prototype.value = 0n;

   UInt64Value.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== 0n)
     writer.uint32(8).uint64(message.value);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   UInt64Value.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.UInt64Value();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.uint64()) !== 0n)
        message.value = value;
       else
        delete message.value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return UInt64Value;
  })();

  v1.ExecSyncRequest = (function() {

   const ExecSyncRequest = function (properties) {
    this.cmd = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ExecSyncRequest.prototype.containerId = "";
   ExecSyncRequest.prototype.cmd = $util.emptyArray;
   ExecSyncRequest.prototype.timeout = 0n;

   ExecSyncRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(10).string(message.containerId);
    if (message.cmd != null && message.cmd.length)
     for (let i = 0; i < message.cmd.length; ++i)
      writer.uint32(18).string(message.cmd[i]);
    if (message.timeout != null && $Object.hasOwnProperty.call(message, "timeout") && message.timeout !== 0n)
     writer.uint32(24).int64(message.timeout);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ExecSyncRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ExecSyncRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (!(message.cmd && message.cmd.length))
        message.cmd = [];
       message.cmd.push(reader.stringVerify());
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timeout = value;
       else
        delete message.timeout;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ExecSyncRequest;
  })();

  v1.ExecSyncResponse = (function() {

   const ExecSyncResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ExecSyncResponse.prototype.stdout = $util.newBuffer([]);
   ExecSyncResponse.prototype.stderr = $util.newBuffer([]);
   ExecSyncResponse.prototype.exitCode = 0;

   ExecSyncResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.stdout != null && $Object.hasOwnProperty.call(message, "stdout") && message.stdout.length)
     writer.uint32(10).bytes(message.stdout);
    if (message.stderr != null && $Object.hasOwnProperty.call(message, "stderr") && message.stderr.length)
     writer.uint32(18).bytes(message.stderr);
    if (message.exitCode != null && $Object.hasOwnProperty.call(message, "exitCode") && message.exitCode !== 0)
     writer.uint32(24).int32(message.exitCode);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ExecSyncResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ExecSyncResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.bytes()).length)
        message.stdout = value;
       else
        delete message.stdout;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.bytes()).length)
        message.stderr = value;
       else
        delete message.stderr;
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.exitCode = value;
       else
        delete message.exitCode;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ExecSyncResponse;
  })();

  v1.ExecRequest = (function() {

   const ExecRequest = function (properties) {
    this.cmd = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ExecRequest.prototype.containerId = "";
   ExecRequest.prototype.cmd = $util.emptyArray;
   ExecRequest.prototype.tty = false;
   ExecRequest.prototype.stdin = false;
   ExecRequest.prototype.stdout = false;
   ExecRequest.prototype.stderr = false;

   ExecRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(10).string(message.containerId);
    if (message.cmd != null && message.cmd.length)
     for (let i = 0; i < message.cmd.length; ++i)
      writer.uint32(18).string(message.cmd[i]);
    if (message.tty != null && $Object.hasOwnProperty.call(message, "tty") && message.tty !== false)
     writer.uint32(24).bool(message.tty);
    if (message.stdin != null && $Object.hasOwnProperty.call(message, "stdin") && message.stdin !== false)
     writer.uint32(32).bool(message.stdin);
    if (message.stdout != null && $Object.hasOwnProperty.call(message, "stdout") && message.stdout !== false)
     writer.uint32(40).bool(message.stdout);
    if (message.stderr != null && $Object.hasOwnProperty.call(message, "stderr") && message.stderr !== false)
     writer.uint32(48).bool(message.stderr);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ExecRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ExecRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (!(message.cmd && message.cmd.length))
        message.cmd = [];
       message.cmd.push(reader.stringVerify());
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.tty = value;
       else
        delete message.tty;
       continue;
      }
     case 4: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.stdin = value;
       else
        delete message.stdin;
       continue;
      }
     case 5: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.stdout = value;
       else
        delete message.stdout;
       continue;
      }
     case 6: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.stderr = value;
       else
        delete message.stderr;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ExecRequest;
  })();

  v1.ExecResponse = (function() {

   const ExecResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ExecResponse.prototype.url = "";

   ExecResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.url != null && $Object.hasOwnProperty.call(message, "url") && message.url !== "")
     writer.uint32(10).string(message.url);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ExecResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ExecResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.url = value;
       else
        delete message.url;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ExecResponse;
  })();

  v1.AttachRequest = (function() {

   const AttachRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   AttachRequest.prototype.containerId = "";
   AttachRequest.prototype.stdin = false;
   AttachRequest.prototype.tty = false;
   AttachRequest.prototype.stdout = false;
   AttachRequest.prototype.stderr = false;

   AttachRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(10).string(message.containerId);
    if (message.stdin != null && $Object.hasOwnProperty.call(message, "stdin") && message.stdin !== false)
     writer.uint32(16).bool(message.stdin);
    if (message.tty != null && $Object.hasOwnProperty.call(message, "tty") && message.tty !== false)
     writer.uint32(24).bool(message.tty);
    if (message.stdout != null && $Object.hasOwnProperty.call(message, "stdout") && message.stdout !== false)
     writer.uint32(32).bool(message.stdout);
    if (message.stderr != null && $Object.hasOwnProperty.call(message, "stderr") && message.stderr !== false)
     writer.uint32(40).bool(message.stderr);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   AttachRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.AttachRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.stdin = value;
       else
        delete message.stdin;
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.tty = value;
       else
        delete message.tty;
       continue;
      }
     case 4: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.stdout = value;
       else
        delete message.stdout;
       continue;
      }
     case 5: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.stderr = value;
       else
        delete message.stderr;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return AttachRequest;
  })();

  v1.AttachResponse = (function() {

   const AttachResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   AttachResponse.prototype.url = "";

   AttachResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.url != null && $Object.hasOwnProperty.call(message, "url") && message.url !== "")
     writer.uint32(10).string(message.url);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   AttachResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.AttachResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.url = value;
       else
        delete message.url;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return AttachResponse;
  })();

  v1.PortForwardRequest = (function() {

   const PortForwardRequest = function (properties) {
    this.port = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PortForwardRequest.prototype.podSandboxId = "";
   PortForwardRequest.prototype.port = $util.emptyArray;

   PortForwardRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
     writer.uint32(10).string(message.podSandboxId);
    if (message.port != null && message.port.length)
     writer.uint32(18).int32s(message.port);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PortForwardRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PortForwardRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podSandboxId = value;
       else
        delete message.podSandboxId;
       continue;
      }
     case 2: {
       if (wireType === 2) {
        if (!(message.port && message.port.length))
         message.port = [];
        reader.int32s(message.port);
        continue;
       }
       if (wireType !== 0)
        break;
       if (!(message.port && message.port.length))
        message.port = [];
       message.port.push(reader.int32());
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PortForwardRequest;
  })();

  v1.PortForwardResponse = (function() {

   const PortForwardResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PortForwardResponse.prototype.url = "";

   PortForwardResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.url != null && $Object.hasOwnProperty.call(message, "url") && message.url !== "")
     writer.uint32(10).string(message.url);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PortForwardResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PortForwardResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.url = value;
       else
        delete message.url;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PortForwardResponse;
  })();

  v1.ListMetricDescriptorsRequest = (function() {

   const ListMetricDescriptorsRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ListMetricDescriptorsRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ListMetricDescriptorsRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ListMetricDescriptorsRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ListMetricDescriptorsRequest;
  })();

  v1.ListMetricDescriptorsResponse = (function() {

   const ListMetricDescriptorsResponse = function (properties) {
    this.descriptors = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ListMetricDescriptorsResponse.prototype.descriptors = $util.emptyArray;

   ListMetricDescriptorsResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.descriptors != null && message.descriptors.length)
     for (let i = 0; i < message.descriptors.length; ++i)
      $root.runtime.v1.MetricDescriptor.encode(message.descriptors[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ListMetricDescriptorsResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ListMetricDescriptorsResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.descriptors && message.descriptors.length))
        message.descriptors = [];
       message.descriptors.push($root.runtime.v1.MetricDescriptor.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ListMetricDescriptorsResponse;
  })();

  v1.MetricDescriptor = (function() {

   const MetricDescriptor = function (properties) {
    this.labelKeys = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   MetricDescriptor.prototype.name = "";
   MetricDescriptor.prototype.help = "";
   MetricDescriptor.prototype.labelKeys = $util.emptyArray;

   MetricDescriptor.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
     writer.uint32(10).string(message.name);
    if (message.help != null && $Object.hasOwnProperty.call(message, "help") && message.help !== "")
     writer.uint32(18).string(message.help);
    if (message.labelKeys != null && message.labelKeys.length)
     for (let i = 0; i < message.labelKeys.length; ++i)
      writer.uint32(26).string(message.labelKeys[i]);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   MetricDescriptor.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.MetricDescriptor();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.name = value;
       else
        delete message.name;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.help = value;
       else
        delete message.help;
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (!(message.labelKeys && message.labelKeys.length))
        message.labelKeys = [];
       message.labelKeys.push(reader.stringVerify());
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return MetricDescriptor;
  })();

  v1.ListPodSandboxMetricsRequest = (function() {

   const ListPodSandboxMetricsRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ListPodSandboxMetricsRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ListPodSandboxMetricsRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ListPodSandboxMetricsRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ListPodSandboxMetricsRequest;
  })();

  v1.ListPodSandboxMetricsResponse = (function() {

   const ListPodSandboxMetricsResponse = function (properties) {
    this.podMetrics = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ListPodSandboxMetricsResponse.prototype.podMetrics = $util.emptyArray;

   ListPodSandboxMetricsResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podMetrics != null && message.podMetrics.length)
     for (let i = 0; i < message.podMetrics.length; ++i)
      $root.runtime.v1.PodSandboxMetrics.encode(message.podMetrics[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ListPodSandboxMetricsResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ListPodSandboxMetricsResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.podMetrics && message.podMetrics.length))
        message.podMetrics = [];
       message.podMetrics.push($root.runtime.v1.PodSandboxMetrics.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ListPodSandboxMetricsResponse;
  })();

  v1.StreamPodSandboxMetricsRequest = (function() {

   const StreamPodSandboxMetricsRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StreamPodSandboxMetricsRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StreamPodSandboxMetricsRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StreamPodSandboxMetricsRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StreamPodSandboxMetricsRequest;
  })();

  v1.StreamPodSandboxMetricsResponse = (function() {

   const StreamPodSandboxMetricsResponse = function (properties) {
    this.podSandboxMetrics = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StreamPodSandboxMetricsResponse.prototype.podSandboxMetrics = $util.emptyArray;

   StreamPodSandboxMetricsResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podSandboxMetrics != null && message.podSandboxMetrics.length)
     for (let i = 0; i < message.podSandboxMetrics.length; ++i)
      $root.runtime.v1.PodSandboxMetrics.encode(message.podSandboxMetrics[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StreamPodSandboxMetricsResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StreamPodSandboxMetricsResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.podSandboxMetrics && message.podSandboxMetrics.length))
        message.podSandboxMetrics = [];
       message.podSandboxMetrics.push($root.runtime.v1.PodSandboxMetrics.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StreamPodSandboxMetricsResponse;
  })();

  v1.PodSandboxMetrics = (function() {

   const PodSandboxMetrics = function (properties) {
    this.metrics = [];
    this.containerMetrics = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandboxMetrics.prototype.podSandboxId = "";
   PodSandboxMetrics.prototype.metrics = $util.emptyArray;
   PodSandboxMetrics.prototype.containerMetrics = $util.emptyArray;

   PodSandboxMetrics.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
     writer.uint32(10).string(message.podSandboxId);
    if (message.metrics != null && message.metrics.length)
     for (let i = 0; i < message.metrics.length; ++i)
      $root.runtime.v1.Metric.encode(message.metrics[i], writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.containerMetrics != null && message.containerMetrics.length)
     for (let i = 0; i < message.containerMetrics.length; ++i)
      $root.runtime.v1.ContainerMetrics.encode(message.containerMetrics[i], writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandboxMetrics.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandboxMetrics();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podSandboxId = value;
       else
        delete message.podSandboxId;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (!(message.metrics && message.metrics.length))
        message.metrics = [];
       message.metrics.push($root.runtime.v1.Metric.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (!(message.containerMetrics && message.containerMetrics.length))
        message.containerMetrics = [];
       message.containerMetrics.push($root.runtime.v1.ContainerMetrics.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandboxMetrics;
  })();

  v1.ContainerMetrics = (function() {

   const ContainerMetrics = function (properties) {
    this.metrics = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerMetrics.prototype.containerId = "";
   ContainerMetrics.prototype.metrics = $util.emptyArray;

   ContainerMetrics.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(10).string(message.containerId);
    if (message.metrics != null && message.metrics.length)
     for (let i = 0; i < message.metrics.length; ++i)
      $root.runtime.v1.Metric.encode(message.metrics[i], writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerMetrics.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerMetrics();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (!(message.metrics && message.metrics.length))
        message.metrics = [];
       message.metrics.push($root.runtime.v1.Metric.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerMetrics;
  })();

  v1.MetricType = (function() {
   const valuesById = $Object.create(null), values = $Object.create(valuesById);
   values[valuesById[0] = "COUNTER"] = 0;
   values[valuesById[1] = "GAUGE"] = 1;
   return values;
  })();

  v1.Metric = (function() {

   const Metric = function (properties) {
    this.labelValues = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Metric.prototype.name = "";
   Metric.prototype.timestamp = 0n;
   Metric.prototype.metricType = 0;
   Metric.prototype.labelValues = $util.emptyArray;
   Metric.prototype.value = null;

   Metric.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
     writer.uint32(10).string(message.name);
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== 0n)
     writer.uint32(16).int64(message.timestamp);
    if (message.metricType != null && $Object.hasOwnProperty.call(message, "metricType") && message.metricType !== 0)
     writer.uint32(24).int32(message.metricType);
    if (message.labelValues != null && message.labelValues.length)
     for (let i = 0; i < message.labelValues.length; ++i)
      writer.uint32(34).string(message.labelValues[i]);
    if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
     $root.runtime.v1.UInt64Value.encode(message.value, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Metric.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.Metric();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.name = value;
       else
        delete message.name;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timestamp = value;
       else
        delete message.timestamp;
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.metricType = value;
       else
        delete message.metricType;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       if (!(message.labelValues && message.labelValues.length))
        message.labelValues = [];
       message.labelValues.push(reader.stringVerify());
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       message.value = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.value);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Metric;
  })();

  v1.VersionRequest = (function() {

   const VersionRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   VersionRequest.prototype.version = "";

   VersionRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
     writer.uint32(10).string(message.version);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   VersionRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.VersionRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.version = value;
       else
        delete message.version;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return VersionRequest;
  })();

  v1.VersionResponse = (function() {

   const VersionResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   VersionResponse.prototype.version = "";
   VersionResponse.prototype.runtimeName = "";
   VersionResponse.prototype.runtimeVersion = "";
   VersionResponse.prototype.runtimeApiVersion = "";

   VersionResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
     writer.uint32(10).string(message.version);
    if (message.runtimeName != null && $Object.hasOwnProperty.call(message, "runtimeName") && message.runtimeName !== "")
     writer.uint32(18).string(message.runtimeName);
    if (message.runtimeVersion != null && $Object.hasOwnProperty.call(message, "runtimeVersion") && message.runtimeVersion !== "")
     writer.uint32(26).string(message.runtimeVersion);
    if (message.runtimeApiVersion != null && $Object.hasOwnProperty.call(message, "runtimeApiVersion") && message.runtimeApiVersion !== "")
     writer.uint32(34).string(message.runtimeApiVersion);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   VersionResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.VersionResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.version = value;
       else
        delete message.version;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.runtimeName = value;
       else
        delete message.runtimeName;
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.runtimeVersion = value;
       else
        delete message.runtimeVersion;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.runtimeApiVersion = value;
       else
        delete message.runtimeApiVersion;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return VersionResponse;
  })();

  v1.NetworkConfig = (function() {

   const NetworkConfig = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   NetworkConfig.prototype.podCidr = "";

   NetworkConfig.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podCidr != null && $Object.hasOwnProperty.call(message, "podCidr") && message.podCidr !== "")
     writer.uint32(10).string(message.podCidr);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   NetworkConfig.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.NetworkConfig();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podCidr = value;
       else
        delete message.podCidr;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return NetworkConfig;
  })();

  v1.RuntimeConfig = (function() {

   const RuntimeConfig = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RuntimeConfig.prototype.networkConfig = null;

   RuntimeConfig.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.networkConfig != null && $Object.hasOwnProperty.call(message, "networkConfig"))
     $root.runtime.v1.NetworkConfig.encode(message.networkConfig, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RuntimeConfig.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RuntimeConfig();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.networkConfig = $root.runtime.v1.NetworkConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.networkConfig);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RuntimeConfig;
  })();

  v1.UpdateRuntimeConfigRequest = (function() {

   const UpdateRuntimeConfigRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   UpdateRuntimeConfigRequest.prototype.runtimeConfig = null;

   UpdateRuntimeConfigRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.runtimeConfig != null && $Object.hasOwnProperty.call(message, "runtimeConfig"))
     $root.runtime.v1.RuntimeConfig.encode(message.runtimeConfig, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   UpdateRuntimeConfigRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.UpdateRuntimeConfigRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.runtimeConfig = $root.runtime.v1.RuntimeConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.runtimeConfig);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return UpdateRuntimeConfigRequest;
  })();

  v1.UpdateRuntimeConfigResponse = (function() {

   const UpdateRuntimeConfigResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   UpdateRuntimeConfigResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   UpdateRuntimeConfigResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.UpdateRuntimeConfigResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return UpdateRuntimeConfigResponse;
  })();

  v1.RuntimeCondition = (function() {

   const RuntimeCondition = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RuntimeCondition.prototype.type = "";
   RuntimeCondition.prototype.status = false;
   RuntimeCondition.prototype.reason = "";
   RuntimeCondition.prototype.message = "";

   RuntimeCondition.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
     writer.uint32(10).string(message.type);
    if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status !== false)
     writer.uint32(16).bool(message.status);
    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
     writer.uint32(26).string(message.reason);
    if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
     writer.uint32(34).string(message.message);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RuntimeCondition.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RuntimeCondition();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.type = value;
       else
        delete message.type;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.status = value;
       else
        delete message.status;
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.reason = value;
       else
        delete message.reason;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.message = value;
       else
        delete message.message;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RuntimeCondition;
  })();

  v1.RuntimeStatus = (function() {

   const RuntimeStatus = function (properties) {
    this.conditions = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RuntimeStatus.prototype.conditions = $util.emptyArray;

   RuntimeStatus.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.conditions != null && message.conditions.length)
     for (let i = 0; i < message.conditions.length; ++i)
      $root.runtime.v1.RuntimeCondition.encode(message.conditions[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RuntimeStatus.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RuntimeStatus();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.conditions && message.conditions.length))
        message.conditions = [];
       message.conditions.push($root.runtime.v1.RuntimeCondition.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RuntimeStatus;
  })();

  v1.StatusRequest = (function() {

   const StatusRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StatusRequest.prototype.verbose = false;

   StatusRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.verbose != null && $Object.hasOwnProperty.call(message, "verbose") && message.verbose !== false)
     writer.uint32(8).bool(message.verbose);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StatusRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StatusRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.verbose = value;
       else
        delete message.verbose;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StatusRequest;
  })();

  v1.RuntimeHandlerFeatures = (function() {

   const RuntimeHandlerFeatures = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RuntimeHandlerFeatures.prototype.recursiveReadOnlyMounts = false;
   RuntimeHandlerFeatures.prototype.userNamespaces = false;

   RuntimeHandlerFeatures.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.recursiveReadOnlyMounts != null && $Object.hasOwnProperty.call(message, "recursiveReadOnlyMounts") && message.recursiveReadOnlyMounts !== false)
     writer.uint32(8).bool(message.recursiveReadOnlyMounts);
    if (message.userNamespaces != null && $Object.hasOwnProperty.call(message, "userNamespaces") && message.userNamespaces !== false)
     writer.uint32(16).bool(message.userNamespaces);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RuntimeHandlerFeatures.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RuntimeHandlerFeatures();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.recursiveReadOnlyMounts = value;
       else
        delete message.recursiveReadOnlyMounts;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.userNamespaces = value;
       else
        delete message.userNamespaces;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RuntimeHandlerFeatures;
  })();

  v1.RuntimeHandler = (function() {

   const RuntimeHandler = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RuntimeHandler.prototype.name = "";
   RuntimeHandler.prototype.features = null;

   RuntimeHandler.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
     writer.uint32(10).string(message.name);
    if (message.features != null && $Object.hasOwnProperty.call(message, "features"))
     $root.runtime.v1.RuntimeHandlerFeatures.encode(message.features, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RuntimeHandler.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RuntimeHandler();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.name = value;
       else
        delete message.name;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.features = $root.runtime.v1.RuntimeHandlerFeatures.decode(reader, reader.size(), $undefined, _depth + 1, message.features);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RuntimeHandler;
  })();

  v1.RuntimeFeatures = (function() {

   const RuntimeFeatures = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RuntimeFeatures.prototype.supplementalGroupsPolicy = false;
   RuntimeFeatures.prototype.userNamespacesHostNetwork = false;
   RuntimeFeatures.prototype.mountOptions = false;

   RuntimeFeatures.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.supplementalGroupsPolicy != null && $Object.hasOwnProperty.call(message, "supplementalGroupsPolicy") && message.supplementalGroupsPolicy !== false)
     writer.uint32(8).bool(message.supplementalGroupsPolicy);
    if (message.userNamespacesHostNetwork != null && $Object.hasOwnProperty.call(message, "userNamespacesHostNetwork") && message.userNamespacesHostNetwork !== false)
     writer.uint32(16).bool(message.userNamespacesHostNetwork);
    if (message.mountOptions != null && $Object.hasOwnProperty.call(message, "mountOptions") && message.mountOptions !== false)
     writer.uint32(24).bool(message.mountOptions);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RuntimeFeatures.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RuntimeFeatures();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.supplementalGroupsPolicy = value;
       else
        delete message.supplementalGroupsPolicy;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.userNamespacesHostNetwork = value;
       else
        delete message.userNamespacesHostNetwork;
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if (value = reader.bool())
        message.mountOptions = value;
       else
        delete message.mountOptions;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RuntimeFeatures;
  })();

  v1.StatusResponse = (function() {

   const StatusResponse = function (properties) {
    this.info = {};
    this.runtimeHandlers = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StatusResponse.prototype.status = null;
   StatusResponse.prototype.info = $util.emptyObject;
   StatusResponse.prototype.runtimeHandlers = $util.emptyArray;
   StatusResponse.prototype.features = null;

   StatusResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
     $root.runtime.v1.RuntimeStatus.encode(message.status, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.info != null && $Object.hasOwnProperty.call(message, "info"))
     for (let keys = $Object.keys(message.info), i = 0; i < keys.length; ++i)
      writer.uint32(18).fork().uint32(10).string(keys[i]).uint32(18).string(message.info[keys[i]]).ldelim();
    if (message.runtimeHandlers != null && message.runtimeHandlers.length)
     for (let i = 0; i < message.runtimeHandlers.length; ++i)
      $root.runtime.v1.RuntimeHandler.encode(message.runtimeHandlers[i], writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.features != null && $Object.hasOwnProperty.call(message, "features"))
     $root.runtime.v1.RuntimeFeatures.encode(message.features, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StatusResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StatusResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.status = $root.runtime.v1.RuntimeStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (message.info === $util.emptyObject)
        message.info = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.info, key);
       message.info[key] = value;
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (!(message.runtimeHandlers && message.runtimeHandlers.length))
        message.runtimeHandlers = [];
       message.runtimeHandlers.push($root.runtime.v1.RuntimeHandler.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.features = $root.runtime.v1.RuntimeFeatures.decode(reader, reader.size(), $undefined, _depth + 1, message.features);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StatusResponse;
  })();

  v1.GetEventsRequest = (function() {

   const GetEventsRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   GetEventsRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   GetEventsRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.GetEventsRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return GetEventsRequest;
  })();

  v1.ContainerEventType = (function() {
   const valuesById = $Object.create(null), values = $Object.create(valuesById);
   values[valuesById[0] = "CONTAINER_CREATED_EVENT"] = 0;
   values[valuesById[1] = "CONTAINER_STARTED_EVENT"] = 1;
   values[valuesById[2] = "CONTAINER_STOPPED_EVENT"] = 2;
   values[valuesById[3] = "CONTAINER_DELETED_EVENT"] = 3;
   return values;
  })();

  v1.ContainerEventResponse = (function() {

   const ContainerEventResponse = function (properties) {
    this.containersStatuses = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerEventResponse.prototype.containerId = "";
   ContainerEventResponse.prototype.containerEventType = 0;
   ContainerEventResponse.prototype.createdAt = 0n;
   ContainerEventResponse.prototype.podSandboxStatus = null;
   ContainerEventResponse.prototype.containersStatuses = $util.emptyArray;

   ContainerEventResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(10).string(message.containerId);
    if (message.containerEventType != null && $Object.hasOwnProperty.call(message, "containerEventType") && message.containerEventType !== 0)
     writer.uint32(16).int32(message.containerEventType);
    if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && message.createdAt !== 0n)
     writer.uint32(24).int64(message.createdAt);
    if (message.podSandboxStatus != null && $Object.hasOwnProperty.call(message, "podSandboxStatus"))
     $root.runtime.v1.PodSandboxStatus.encode(message.podSandboxStatus, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.containersStatuses != null && message.containersStatuses.length)
     for (let i = 0; i < message.containersStatuses.length; ++i)
      $root.runtime.v1.ContainerStatus.encode(message.containersStatuses[i], writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerEventResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerEventResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     case 2: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.containerEventType = value;
       else
        delete message.containerEventType;
       continue;
      }
     case 3: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.createdAt = value;
       else
        delete message.createdAt;
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.podSandboxStatus = $root.runtime.v1.PodSandboxStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.podSandboxStatus);
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       if (!(message.containersStatuses && message.containersStatuses.length))
        message.containersStatuses = [];
       message.containersStatuses.push($root.runtime.v1.ContainerStatus.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerEventResponse;
  })();

  v1.RuntimeConfigRequest = (function() {

   const RuntimeConfigRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RuntimeConfigRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RuntimeConfigRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RuntimeConfigRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RuntimeConfigRequest;
  })();

  v1.RuntimeConfigResponse = (function() {

   const RuntimeConfigResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   RuntimeConfigResponse.prototype.linux = null;

   RuntimeConfigResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.linux != null && $Object.hasOwnProperty.call(message, "linux"))
     $root.runtime.v1.LinuxRuntimeConfiguration.encode(message.linux, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   RuntimeConfigResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.RuntimeConfigResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.linux = $root.runtime.v1.LinuxRuntimeConfiguration.decode(reader, reader.size(), $undefined, _depth + 1, message.linux);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return RuntimeConfigResponse;
  })();

  v1.CgroupDriver = (function() {
   const valuesById = $Object.create(null), values = $Object.create(valuesById);
   values[valuesById[0] = "SYSTEMD"] = 0;
   values[valuesById[1] = "CGROUPFS"] = 1;
   return values;
  })();

  v1.LinuxRuntimeConfiguration = (function() {

   const LinuxRuntimeConfiguration = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   LinuxRuntimeConfiguration.prototype.cgroupDriver = 0;

   LinuxRuntimeConfiguration.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.cgroupDriver != null && $Object.hasOwnProperty.call(message, "cgroupDriver") && message.cgroupDriver !== 0)
     writer.uint32(8).int32(message.cgroupDriver);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   LinuxRuntimeConfiguration.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.LinuxRuntimeConfiguration();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if (value = reader.int32())
        message.cgroupDriver = value;
       else
        delete message.cgroupDriver;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return LinuxRuntimeConfiguration;
  })();

  v1.PodSandboxStatsRequest = (function() {

   const PodSandboxStatsRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandboxStatsRequest.prototype.podSandboxId = "";

   PodSandboxStatsRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
     writer.uint32(10).string(message.podSandboxId);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandboxStatsRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandboxStatsRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podSandboxId = value;
       else
        delete message.podSandboxId;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandboxStatsRequest;
  })();

  v1.PodSandboxStatsResponse = (function() {

   const PodSandboxStatsResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandboxStatsResponse.prototype.stats = null;

   PodSandboxStatsResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.stats != null && $Object.hasOwnProperty.call(message, "stats"))
     $root.runtime.v1.PodSandboxStats.encode(message.stats, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandboxStatsResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandboxStatsResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.stats = $root.runtime.v1.PodSandboxStats.decode(reader, reader.size(), $undefined, _depth + 1, message.stats);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandboxStatsResponse;
  })();

  v1.PodSandboxStatsFilter = (function() {

   const PodSandboxStatsFilter = function (properties) {
    this.labelSelector = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandboxStatsFilter.prototype.id = "";
   PodSandboxStatsFilter.prototype.labelSelector = $util.emptyObject;

   PodSandboxStatsFilter.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
     writer.uint32(10).string(message.id);
    if (message.labelSelector != null && $Object.hasOwnProperty.call(message, "labelSelector"))
     for (let keys = $Object.keys(message.labelSelector), i = 0; i < keys.length; ++i)
      writer.uint32(18).fork().uint32(10).string(keys[i]).uint32(18).string(message.labelSelector[keys[i]]).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandboxStatsFilter.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandboxStatsFilter();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.id = value;
       else
        delete message.id;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if (message.labelSelector === $util.emptyObject)
        message.labelSelector = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.labelSelector, key);
       message.labelSelector[key] = value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandboxStatsFilter;
  })();

  v1.ListPodSandboxStatsRequest = (function() {

   const ListPodSandboxStatsRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ListPodSandboxStatsRequest.prototype.filter = null;

   ListPodSandboxStatsRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
     $root.runtime.v1.PodSandboxStatsFilter.encode(message.filter, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ListPodSandboxStatsRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ListPodSandboxStatsRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.filter = $root.runtime.v1.PodSandboxStatsFilter.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ListPodSandboxStatsRequest;
  })();

  v1.ListPodSandboxStatsResponse = (function() {

   const ListPodSandboxStatsResponse = function (properties) {
    this.stats = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ListPodSandboxStatsResponse.prototype.stats = $util.emptyArray;

   ListPodSandboxStatsResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.stats != null && message.stats.length)
     for (let i = 0; i < message.stats.length; ++i)
      $root.runtime.v1.PodSandboxStats.encode(message.stats[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ListPodSandboxStatsResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ListPodSandboxStatsResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.stats && message.stats.length))
        message.stats = [];
       message.stats.push($root.runtime.v1.PodSandboxStats.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ListPodSandboxStatsResponse;
  })();

  v1.StreamPodSandboxStatsRequest = (function() {

   const StreamPodSandboxStatsRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StreamPodSandboxStatsRequest.prototype.filter = null;

   StreamPodSandboxStatsRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
     $root.runtime.v1.PodSandboxStatsFilter.encode(message.filter, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StreamPodSandboxStatsRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StreamPodSandboxStatsRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.filter = $root.runtime.v1.PodSandboxStatsFilter.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StreamPodSandboxStatsRequest;
  })();

  v1.StreamPodSandboxStatsResponse = (function() {

   const StreamPodSandboxStatsResponse = function (properties) {
    this.podSandboxStats = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StreamPodSandboxStatsResponse.prototype.podSandboxStats = $util.emptyArray;

   StreamPodSandboxStatsResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.podSandboxStats != null && message.podSandboxStats.length)
     for (let i = 0; i < message.podSandboxStats.length; ++i)
      $root.runtime.v1.PodSandboxStats.encode(message.podSandboxStats[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StreamPodSandboxStatsResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StreamPodSandboxStatsResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.podSandboxStats && message.podSandboxStats.length))
        message.podSandboxStats = [];
       message.podSandboxStats.push($root.runtime.v1.PodSandboxStats.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StreamPodSandboxStatsResponse;
  })();

  v1.PodSandboxStats = (function() {

   const PodSandboxStats = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PodSandboxStats.prototype.attributes = null;
   PodSandboxStats.prototype.linux = null;
   PodSandboxStats.prototype.windows = null;

   PodSandboxStats.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.attributes != null && $Object.hasOwnProperty.call(message, "attributes"))
     $root.runtime.v1.PodSandboxAttributes.encode(message.attributes, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.linux != null && $Object.hasOwnProperty.call(message, "linux"))
     $root.runtime.v1.LinuxPodSandboxStats.encode(message.linux, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.windows != null && $Object.hasOwnProperty.call(message, "windows"))
     $root.runtime.v1.WindowsPodSandboxStats.encode(message.windows, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PodSandboxStats.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PodSandboxStats();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.attributes = $root.runtime.v1.PodSandboxAttributes.decode(reader, reader.size(), $undefined, _depth + 1, message.attributes);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.linux = $root.runtime.v1.LinuxPodSandboxStats.decode(reader, reader.size(), $undefined, _depth + 1, message.linux);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.windows = $root.runtime.v1.WindowsPodSandboxStats.decode(reader, reader.size(), $undefined, _depth + 1, message.windows);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PodSandboxStats;
  })();

  v1.LinuxPodSandboxStats = (function() {

   const LinuxPodSandboxStats = function (properties) {
    this.containers = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   LinuxPodSandboxStats.prototype.cpu = null;
   LinuxPodSandboxStats.prototype.memory = null;
   LinuxPodSandboxStats.prototype.network = null;
   LinuxPodSandboxStats.prototype.process = null;
   LinuxPodSandboxStats.prototype.containers = $util.emptyArray;
   LinuxPodSandboxStats.prototype.io = null;

   LinuxPodSandboxStats.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.cpu != null && $Object.hasOwnProperty.call(message, "cpu"))
     $root.runtime.v1.CpuUsage.encode(message.cpu, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.memory != null && $Object.hasOwnProperty.call(message, "memory"))
     $root.runtime.v1.MemoryUsage.encode(message.memory, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.network != null && $Object.hasOwnProperty.call(message, "network"))
     $root.runtime.v1.NetworkUsage.encode(message.network, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.process != null && $Object.hasOwnProperty.call(message, "process"))
     $root.runtime.v1.ProcessUsage.encode(message.process, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.containers != null && message.containers.length)
     for (let i = 0; i < message.containers.length; ++i)
      $root.runtime.v1.ContainerStats.encode(message.containers[i], writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.io != null && $Object.hasOwnProperty.call(message, "io"))
     $root.runtime.v1.IoUsage.encode(message.io, writer.uint32(50).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   LinuxPodSandboxStats.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.LinuxPodSandboxStats();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.cpu = $root.runtime.v1.CpuUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.cpu);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.memory = $root.runtime.v1.MemoryUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.memory);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.network = $root.runtime.v1.NetworkUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.network);
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.process = $root.runtime.v1.ProcessUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.process);
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       if (!(message.containers && message.containers.length))
        message.containers = [];
       message.containers.push($root.runtime.v1.ContainerStats.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 6: {
       if (wireType !== 2)
        break;
       message.io = $root.runtime.v1.IoUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.io);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return LinuxPodSandboxStats;
  })();

  v1.NetworkUsage = (function() {

   const NetworkUsage = function (properties) {
    this.interfaces = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   NetworkUsage.prototype.timestamp = 0n;
   NetworkUsage.prototype.defaultInterface = null;
   NetworkUsage.prototype.interfaces = $util.emptyArray;

   NetworkUsage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== 0n)
     writer.uint32(8).int64(message.timestamp);
    if (message.defaultInterface != null && $Object.hasOwnProperty.call(message, "defaultInterface"))
     $root.runtime.v1.NetworkInterfaceUsage.encode(message.defaultInterface, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.interfaces != null && message.interfaces.length)
     for (let i = 0; i < message.interfaces.length; ++i)
      $root.runtime.v1.NetworkInterfaceUsage.encode(message.interfaces[i], writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   NetworkUsage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.NetworkUsage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timestamp = value;
       else
        delete message.timestamp;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.defaultInterface = $root.runtime.v1.NetworkInterfaceUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.defaultInterface);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (!(message.interfaces && message.interfaces.length))
        message.interfaces = [];
       message.interfaces.push($root.runtime.v1.NetworkInterfaceUsage.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return NetworkUsage;
  })();

  v1.NetworkInterfaceUsage = (function() {

   const NetworkInterfaceUsage = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   NetworkInterfaceUsage.prototype.name = "";
   NetworkInterfaceUsage.prototype.rxBytes = null;
   NetworkInterfaceUsage.prototype.rxErrors = null;
   NetworkInterfaceUsage.prototype.txBytes = null;
   NetworkInterfaceUsage.prototype.txErrors = null;

   NetworkInterfaceUsage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
     writer.uint32(10).string(message.name);
    if (message.rxBytes != null && $Object.hasOwnProperty.call(message, "rxBytes"))
     $root.runtime.v1.UInt64Value.encode(message.rxBytes, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.rxErrors != null && $Object.hasOwnProperty.call(message, "rxErrors"))
     $root.runtime.v1.UInt64Value.encode(message.rxErrors, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.txBytes != null && $Object.hasOwnProperty.call(message, "txBytes"))
     $root.runtime.v1.UInt64Value.encode(message.txBytes, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.txErrors != null && $Object.hasOwnProperty.call(message, "txErrors"))
     $root.runtime.v1.UInt64Value.encode(message.txErrors, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   NetworkInterfaceUsage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.NetworkInterfaceUsage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.name = value;
       else
        delete message.name;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.rxBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.rxBytes);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.rxErrors = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.rxErrors);
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.txBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.txBytes);
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       message.txErrors = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.txErrors);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return NetworkInterfaceUsage;
  })();

  v1.ProcessUsage = (function() {

   const ProcessUsage = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ProcessUsage.prototype.timestamp = 0n;
   ProcessUsage.prototype.processCount = null;

   ProcessUsage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== 0n)
     writer.uint32(8).int64(message.timestamp);
    if (message.processCount != null && $Object.hasOwnProperty.call(message, "processCount"))
     $root.runtime.v1.UInt64Value.encode(message.processCount, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ProcessUsage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ProcessUsage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timestamp = value;
       else
        delete message.timestamp;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.processCount = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.processCount);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ProcessUsage;
  })();

  v1.ContainerStatsRequest = (function() {

   const ContainerStatsRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerStatsRequest.prototype.containerId = "";

   ContainerStatsRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
     writer.uint32(10).string(message.containerId);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerStatsRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerStatsRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.containerId = value;
       else
        delete message.containerId;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerStatsRequest;
  })();

  v1.ContainerStatsResponse = (function() {

   const ContainerStatsResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerStatsResponse.prototype.stats = null;

   ContainerStatsResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.stats != null && $Object.hasOwnProperty.call(message, "stats"))
     $root.runtime.v1.ContainerStats.encode(message.stats, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerStatsResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerStatsResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.stats = $root.runtime.v1.ContainerStats.decode(reader, reader.size(), $undefined, _depth + 1, message.stats);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerStatsResponse;
  })();

  v1.ListContainerStatsRequest = (function() {

   const ListContainerStatsRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ListContainerStatsRequest.prototype.filter = null;

   ListContainerStatsRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
     $root.runtime.v1.ContainerStatsFilter.encode(message.filter, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ListContainerStatsRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ListContainerStatsRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.filter = $root.runtime.v1.ContainerStatsFilter.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ListContainerStatsRequest;
  })();

  v1.ContainerStatsFilter = (function() {

   const ContainerStatsFilter = function (properties) {
    this.labelSelector = {};
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerStatsFilter.prototype.id = "";
   ContainerStatsFilter.prototype.podSandboxId = "";
   ContainerStatsFilter.prototype.labelSelector = $util.emptyObject;

   ContainerStatsFilter.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
     writer.uint32(10).string(message.id);
    if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
     writer.uint32(18).string(message.podSandboxId);
    if (message.labelSelector != null && $Object.hasOwnProperty.call(message, "labelSelector"))
     for (let keys = $Object.keys(message.labelSelector), i = 0; i < keys.length; ++i)
      writer.uint32(26).fork().uint32(10).string(keys[i]).uint32(18).string(message.labelSelector[keys[i]]).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerStatsFilter.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, key, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerStatsFilter();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.id = value;
       else
        delete message.id;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       if ((value = reader.stringVerify()).length)
        message.podSandboxId = value;
       else
        delete message.podSandboxId;
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       if (message.labelSelector === $util.emptyObject)
        message.labelSelector = {};
       let end2 = reader.size() + reader.pos;
       if (end2 > reader.len)
        throw $RangeError("index out of range");
       reader.len = end2;
       key = "";
       value = "";
       while (reader.pos < end2) {
        let tag2 = reader.tag();
        wireType = tag2 & 7;
        switch (tag2 >>>= 3) {
        case 1:
         if (wireType !== 2)
          break;
         key = reader.stringVerify();
         continue;
        case 2:
         if (wireType !== 2)
          break;
         value = reader.stringVerify();
         continue;
        }
        reader.skipType(wireType, _depth, tag2);
       }
       if (reader.pos !== end2)
        throw $RangeError("index out of range");
       reader.len = end;
       if (key === "__proto__")
        $util.makeProp(message.labelSelector, key);
       message.labelSelector[key] = value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerStatsFilter;
  })();

  v1.ListContainerStatsResponse = (function() {

   const ListContainerStatsResponse = function (properties) {
    this.stats = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ListContainerStatsResponse.prototype.stats = $util.emptyArray;

   ListContainerStatsResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.stats != null && message.stats.length)
     for (let i = 0; i < message.stats.length; ++i)
      $root.runtime.v1.ContainerStats.encode(message.stats[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ListContainerStatsResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ListContainerStatsResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.stats && message.stats.length))
        message.stats = [];
       message.stats.push($root.runtime.v1.ContainerStats.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ListContainerStatsResponse;
  })();

  v1.StreamContainerStatsRequest = (function() {

   const StreamContainerStatsRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StreamContainerStatsRequest.prototype.filter = null;

   StreamContainerStatsRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
     $root.runtime.v1.ContainerStatsFilter.encode(message.filter, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StreamContainerStatsRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StreamContainerStatsRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.filter = $root.runtime.v1.ContainerStatsFilter.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StreamContainerStatsRequest;
  })();

  v1.StreamContainerStatsResponse = (function() {

   const StreamContainerStatsResponse = function (properties) {
    this.containerStats = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StreamContainerStatsResponse.prototype.containerStats = $util.emptyArray;

   StreamContainerStatsResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.containerStats != null && message.containerStats.length)
     for (let i = 0; i < message.containerStats.length; ++i)
      $root.runtime.v1.ContainerStats.encode(message.containerStats[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StreamContainerStatsResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.StreamContainerStatsResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       if (!(message.containerStats && message.containerStats.length))
        message.containerStats = [];
       message.containerStats.push($root.runtime.v1.ContainerStats.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StreamContainerStatsResponse;
  })();

  v1.ContainerStats = (function() {

   const ContainerStats = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ContainerStats.prototype.attributes = null;
   ContainerStats.prototype.cpu = null;
   ContainerStats.prototype.memory = null;
   ContainerStats.prototype.writableLayer = null;
   ContainerStats.prototype.swap = null;
   ContainerStats.prototype.io = null;

   ContainerStats.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.attributes != null && $Object.hasOwnProperty.call(message, "attributes"))
     $root.runtime.v1.ContainerAttributes.encode(message.attributes, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.cpu != null && $Object.hasOwnProperty.call(message, "cpu"))
     $root.runtime.v1.CpuUsage.encode(message.cpu, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.memory != null && $Object.hasOwnProperty.call(message, "memory"))
     $root.runtime.v1.MemoryUsage.encode(message.memory, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.writableLayer != null && $Object.hasOwnProperty.call(message, "writableLayer"))
     $root.runtime.v1.FilesystemUsage.encode(message.writableLayer, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.swap != null && $Object.hasOwnProperty.call(message, "swap"))
     $root.runtime.v1.SwapUsage.encode(message.swap, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.io != null && $Object.hasOwnProperty.call(message, "io"))
     $root.runtime.v1.IoUsage.encode(message.io, writer.uint32(50).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ContainerStats.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.ContainerStats();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.attributes = $root.runtime.v1.ContainerAttributes.decode(reader, reader.size(), $undefined, _depth + 1, message.attributes);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.cpu = $root.runtime.v1.CpuUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.cpu);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.memory = $root.runtime.v1.MemoryUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.memory);
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.writableLayer = $root.runtime.v1.FilesystemUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.writableLayer);
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       message.swap = $root.runtime.v1.SwapUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.swap);
       continue;
      }
     case 6: {
       if (wireType !== 2)
        break;
       message.io = $root.runtime.v1.IoUsage.decode(reader, reader.size(), $undefined, _depth + 1, message.io);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ContainerStats;
  })();

  v1.PsiStats = (function() {

   const PsiStats = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PsiStats.prototype.Full = null;
   PsiStats.prototype.Some = null;

   PsiStats.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.Full != null && $Object.hasOwnProperty.call(message, "Full"))
     $root.runtime.v1.PsiData.encode(message.Full, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.Some != null && $Object.hasOwnProperty.call(message, "Some"))
     $root.runtime.v1.PsiData.encode(message.Some, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PsiStats.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PsiStats();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2)
        break;
       message.Full = $root.runtime.v1.PsiData.decode(reader, reader.size(), $undefined, _depth + 1, message.Full);
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.Some = $root.runtime.v1.PsiData.decode(reader, reader.size(), $undefined, _depth + 1, message.Some);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PsiStats;
  })();

  v1.PsiData = (function() {

   const PsiData = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PsiData.prototype.Total = 0n;
   PsiData.prototype.Avg10 = 0;
   PsiData.prototype.Avg60 = 0;
   PsiData.prototype.Avg300 = 0;

   PsiData.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.Total != null && $Object.hasOwnProperty.call(message, "Total") && message.Total !== 0n)
     writer.uint32(8).uint64(message.Total);
    if (message.Avg10 != null && $Object.hasOwnProperty.call(message, "Avg10") && !$Object.is(message.Avg10, 0))
     writer.uint32(17).double(message.Avg10);
    if (message.Avg60 != null && $Object.hasOwnProperty.call(message, "Avg60") && !$Object.is(message.Avg60, 0))
     writer.uint32(25).double(message.Avg60);
    if (message.Avg300 != null && $Object.hasOwnProperty.call(message, "Avg300") && !$Object.is(message.Avg300, 0))
     writer.uint32(33).double(message.Avg300);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PsiData.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.PsiData();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.uint64()) !== 0n)
        message.Total = value;
       else
        delete message.Total;
       continue;
      }
     case 2: {
       if (wireType !== 1)
        break;
       if (!$Object.is(value = reader.double(), 0))
        message.Avg10 = value;
       else
        delete message.Avg10;
       continue;
      }
     case 3: {
       if (wireType !== 1)
        break;
       if (!$Object.is(value = reader.double(), 0))
        message.Avg60 = value;
       else
        delete message.Avg60;
       continue;
      }
     case 4: {
       if (wireType !== 1)
        break;
       if (!$Object.is(value = reader.double(), 0))
        message.Avg300 = value;
       else
        delete message.Avg300;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PsiData;
  })();

  v1.CpuUsage = (function() {

   const CpuUsage = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   CpuUsage.prototype.timestamp = 0n;
   CpuUsage.prototype.usageCoreNanoSeconds = null;
   CpuUsage.prototype.usageNanoCores = null;
   CpuUsage.prototype.psi = null;

   CpuUsage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== 0n)
     writer.uint32(8).int64(message.timestamp);
    if (message.usageCoreNanoSeconds != null && $Object.hasOwnProperty.call(message, "usageCoreNanoSeconds"))
     $root.runtime.v1.UInt64Value.encode(message.usageCoreNanoSeconds, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.usageNanoCores != null && $Object.hasOwnProperty.call(message, "usageNanoCores"))
     $root.runtime.v1.UInt64Value.encode(message.usageNanoCores, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.psi != null && $Object.hasOwnProperty.call(message, "psi"))
     $root.runtime.v1.PsiStats.encode(message.psi, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   CpuUsage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.CpuUsage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timestamp = value;
       else
        delete message.timestamp;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.usageCoreNanoSeconds = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.usageCoreNanoSeconds);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.usageNanoCores = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.usageNanoCores);
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.psi = $root.runtime.v1.PsiStats.decode(reader, reader.size(), $undefined, _depth + 1, message.psi);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return CpuUsage;
  })();

  v1.MemoryUsage = (function() {

   const MemoryUsage = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   MemoryUsage.prototype.timestamp = 0n;
   MemoryUsage.prototype.workingSetBytes = null;
   MemoryUsage.prototype.availableBytes = null;
   MemoryUsage.prototype.usageBytes = null;
   MemoryUsage.prototype.rssBytes = null;
   MemoryUsage.prototype.pageFaults = null;
   MemoryUsage.prototype.majorPageFaults = null;
   MemoryUsage.prototype.psi = null;

   MemoryUsage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== 0n)
     writer.uint32(8).int64(message.timestamp);
    if (message.workingSetBytes != null && $Object.hasOwnProperty.call(message, "workingSetBytes"))
     $root.runtime.v1.UInt64Value.encode(message.workingSetBytes, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.availableBytes != null && $Object.hasOwnProperty.call(message, "availableBytes"))
     $root.runtime.v1.UInt64Value.encode(message.availableBytes, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.usageBytes != null && $Object.hasOwnProperty.call(message, "usageBytes"))
     $root.runtime.v1.UInt64Value.encode(message.usageBytes, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.rssBytes != null && $Object.hasOwnProperty.call(message, "rssBytes"))
     $root.runtime.v1.UInt64Value.encode(message.rssBytes, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.pageFaults != null && $Object.hasOwnProperty.call(message, "pageFaults"))
     $root.runtime.v1.UInt64Value.encode(message.pageFaults, writer.uint32(50).fork(), _depth + 1).ldelim();
    if (message.majorPageFaults != null && $Object.hasOwnProperty.call(message, "majorPageFaults"))
     $root.runtime.v1.UInt64Value.encode(message.majorPageFaults, writer.uint32(58).fork(), _depth + 1).ldelim();
    if (message.psi != null && $Object.hasOwnProperty.call(message, "psi"))
     $root.runtime.v1.PsiStats.encode(message.psi, writer.uint32(66).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   MemoryUsage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.MemoryUsage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timestamp = value;
       else
        delete message.timestamp;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.workingSetBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.workingSetBytes);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.availableBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.availableBytes);
       continue;
      }
     case 4: {
       if (wireType !== 2)
        break;
       message.usageBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.usageBytes);
       continue;
      }
     case 5: {
       if (wireType !== 2)
        break;
       message.rssBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.rssBytes);
       continue;
      }
     case 6: {
       if (wireType !== 2)
        break;
       message.pageFaults = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.pageFaults);
       continue;
      }
     case 7: {
       if (wireType !== 2)
        break;
       message.majorPageFaults = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.majorPageFaults);
       continue;
      }
     case 8: {
       if (wireType !== 2)
        break;
       message.psi = $root.runtime.v1.PsiStats.decode(reader, reader.size(), $undefined, _depth + 1, message.psi);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return MemoryUsage;
  })();

  v1.IoUsage = (function() {

   const IoUsage = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   IoUsage.prototype.timestamp = 0n;
   IoUsage.prototype.psi = null;

   IoUsage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== 0n)
     writer.uint32(8).int64(message.timestamp);
    if (message.psi != null && $Object.hasOwnProperty.call(message, "psi"))
     $root.runtime.v1.PsiStats.encode(message.psi, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   IoUsage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.IoUsage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timestamp = value;
       else
        delete message.timestamp;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.psi = $root.runtime.v1.PsiStats.decode(reader, reader.size(), $undefined, _depth + 1, message.psi);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return IoUsage;
  })();

  v1.SwapUsage = (function() {

   const SwapUsage = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   SwapUsage.prototype.timestamp = 0n;
   SwapUsage.prototype.swapAvailableBytes = null;
   SwapUsage.prototype.swapUsageBytes = null;

   SwapUsage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== 0n)
     writer.uint32(8).int64(message.timestamp);
    if (message.swapAvailableBytes != null && $Object.hasOwnProperty.call(message, "swapAvailableBytes"))
     $root.runtime.v1.UInt64Value.encode(message.swapAvailableBytes, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.swapUsageBytes != null && $Object.hasOwnProperty.call(message, "swapUsageBytes"))
     $root.runtime.v1.UInt64Value.encode(message.swapUsageBytes, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   SwapUsage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.runtime.v1.SwapUsage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0)
        break;
       if ((value = reader.int64()) !== 0n)
        message.timestamp = value;
       else
        delete message.timestamp;
       continue;
      }
     case 2: {
       if (wireType !== 2)
        break;
       message.swapAvailableBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.swapAvailableBytes);
       continue;
      }
     case 3: {
       if (wireType !== 2)
        break;
       message.swapUsageBytes = $root.runtime.v1.UInt64Value.decode(reader, reader.size(), $undefined, _depth + 1, message.swapUsageBytes);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return SwapUsage;
  })();

  return v1;
 })();

 return runtime;
})();

export {
  $root as default
};
