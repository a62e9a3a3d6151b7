#!/bin/sh
# isolate.sh COMMAND...: runs COMMAND with processes, mounts, a network and (where the hierarchies are v1) cgroups of its
# own, so that tests neither meet what else runs on the host nor leave anything there: all of it ends with COMMAND.
set -eu
# Of cgroups and directories made from here on: pods with ids of their own pass through them, whatever the caller's umask.
umask 022

# Every v1 hierarchy, and the v2 one beside them, as mount point and type. None on a host of pure v2.
hierarchies() {
  grep -q ' - cgroup ' /proc/self/mountinfo || return 0
  sed -n 's/^.* \(\/sys\/fs\/cgroup\/[^ ]*\) .* - \(cgroup2\{0,1\}\) .*$/\1 \2/p' /proc/self/mountinfo
}

outside() {
  group=davit-isolated-$$
  hierarchies | while read -r point _; do
    mkdir "$point/$group"
    for setting in cpuset.cpus cpuset.mems; do
      [ ! -e "$point/$setting" ] || cat "$point/$setting" > "$point/$group/$setting"
    done
  done
  # In the background, so that a signal to this shell ends it at once; what is below dies with it.
  DAVIT_TEST_CGROUP=$group unshare --mount --net --pid --fork --kill-child --mount-proc "$0" --enter "$@" &
  child=$!
  trap 'kill -KILL "$child" 2>/dev/null || true' HUP INT TERM
  code=0
  wait "$child" || code=$?
  # A trapped signal ends the first wait, not the child.
  wait "$child" 2>/dev/null || true
  # Whatever was in these cgroups has been killed with its PID namespace; the kernel may take a moment to say so.
  hierarchies | while read -r point _; do
    for _ in 1 2 3 4 5 6 7 8 9 10; do
      find "$point/$group" -depth -type d -exec rmdir {} + 2>/dev/null && break
      sleep 0.1
    done
  done
  exit "$code"
}

# The cgroup namespace's root is where the process that unshares is: first move, then unshare, then mount what that shows.
enter() {
  [ -n "$(hierarchies)" ] || exec "$0" --inside "$@"
  hierarchies | while read -r point _; do echo $$ > "$point/$DAVIT_TEST_CGROUP/cgroup.procs"; done
  exec unshare --cgroup "$0" --mount-cgroups "$@"
}

mount_cgroups() {
  hierarchies | while read -r point type; do
    name=${point##*/}
    [ "$name" != systemd ] || name=none,name=systemd
    umount "$point"
    if [ "$type" = cgroup2 ]; then mount -t cgroup2 cgroup2 "$point"; else mount -t cgroup -o "$name" cgroup "$point"; fi
  done
}

case ${1-} in
  --enter) shift; enter "$@" ;;
  --mount-cgroups) shift; mount_cgroups; exec "$0" --inside "$@" ;;
  --inside) shift ;;
  *) outside "$@" ;;
esac

# What others have mounted on passing directories would vanish with these at any time.
sed -n 's/^[^ ]* [^ ]* [^ ]* [^ ]* \(\/tmp\/[^ ]*\) .*$/\1/p' /proc/self/mountinfo | sort -r | while read -r point; do umount -l "$point" 2>/dev/null || true; done
# Where runtimes and plugins keep state whatever they are told.
for directory in /run/cni /run/crun /run/netns /run/runc /var/lib/cni; do
  mkdir -p "$directory"
  mount -t tmpfs -o mode=0755 davit-isolated "$directory"
done
ip link set lo up
echo 1 > /proc/sys/net/ipv4/ip_forward
export DAVIT_TEST_ISOLATED=1
# Not exec: this shell is PID 1 here and has to reap what is orphaned.
"$@" && exit 0 || exit $?
