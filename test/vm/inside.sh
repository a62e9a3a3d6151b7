#!/bin/sh
# inside.sh CLONE RUN: in the virtual machine, the tests that RUN/files names (all of test/vm when it is empty).
set -eu
cd "$1"

# What a node has that runs pods; this kernel's nft has no families.
for module in br_netfilter bridge dummy fuse ip_tables iptable_nat ip6table_nat ipvlan loop macvlan overlay quota_v2 veth xt_MASQUERADE xt_comment xt_conntrack; do
  modprobe "$module"
done
echo 1 > /proc/sys/net/ipv4/ip_forward

export PATH="$1/node_modules/.bin:$PATH"
# The machine is there for these tests alone.
export DAVIT_TEST_ISOLATED=1
# Of what is sent through streams: more than the daemon has memory for, and less than elsewhere.
export DAVIT_TEST_STREAM_MIB=256
# shellcheck disable=SC2046
exec node test/run.ts vm -- $(cat "$2/files")
