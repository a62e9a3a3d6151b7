#!/bin/bash
# A plugin for tests: the network's "behave" says what it does to ADD.
read -r -d '' request || true
if [ "$CNI_COMMAND" = VERSION ]; then echo '{"cniVersion":"1.0.0","supportedVersions":["1.0.0"]}'; exit 0; fi
[ "$CNI_COMMAND" = ADD ] || exit 0
case "$request" in
  *'"behave":"hang"'*) echo "waiting for an address" >&2; sleep 600 & echo $! > "$(dirname "$0")/child"; wait ;;
  *'"behave":"linger"'*) sleep 600 & echo $! > "$(dirname "$0")/child"; echo '{"ips":[{"address":"10.1.2.3/24"}]}' ;;
  *'"behave":"flood"'*) head -c 3000000 /dev/zero | tr '\0' x; exit 0 ;;
  *'"behave":"deaf"'*) exec 0<&-; echo '{"code":7,"msg":"bad network"}'; exit 1 ;;
  *) echo "{\"ips\":[{\"address\":\"10.1.2.3/24\"}],\"dns\":{\"domain\":\"$PATH\"}}" ;;
esac
