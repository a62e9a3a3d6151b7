// Prints the descriptor of the published CRI v1 API as JSON (protobuf's own mapping of
// FileDescriptorProto), so that the tests can compare it field by field with the .proto
// files of lib/cri. The version of the published module stands in go.mod.
package main

import (
	"fmt"
	"os"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/reflect/protodesc"
	v1 "k8s.io/cri-api/pkg/apis/runtime/v1"
)

func main() {
	file := protodesc.ToFileDescriptorProto(v1.Protocol(0).Descriptor().ParentFile())
	text, err := protojson.Marshal(file)
	if err != nil {
		fmt.Fprintf(os.Stderr, "marshal the CRI descriptor: %v\n", err)
		os.Exit(1)
	}
	fmt.Println(string(text))
}
