#!/bin/sh
# isolate.sh COMMAND...: runs COMMAND with processes, mounts and a network of its own, so that tests neither meet what
# else runs on the host (nor each other's fixed ports) nor leave anything there: all of it ends with COMMAND.
set -eu
if [ "${1-}" != --inside ]; then
  exec unshare --mount --net --pid --fork --kill-child --mount-proc "$0" --inside "$@"
fi
shift
ip link set lo up
echo 1 > /proc/sys/net/ipv4/ip_forward
export DAVIT_TEST_ISOLATED=1
# Not exec: this shell is PID 1 here and has to reap what is orphaned.
"$@" && exit 0 || exit $?
