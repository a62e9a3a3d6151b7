#!/bin/sh
# A plugin that writes down what it was given, one line a call, to `calls` beside it, and answers ADD with the file
# `answer-VERSION` or `answer`. Shell built-ins only: the table of the golden tests runs it a thousand times.
here=${0%/*}
IFS= read -r input || :
if [ "$CNI_COMMAND" = VERSION ]; then echo '{"cniVersion":"1.1.0","supportedVersions":["0.1.0","0.2.0","0.3.0","0.3.1","0.4.0","1.0.0","1.1.0"]}'; exit; fi
printf '%s\t' "${0##*/}" "$CNI_COMMAND" "$CNI_CONTAINERID" "$CNI_NETNS" "$CNI_IFNAME" "$CNI_ARGS" "$CNI_PATH" >> "$here/calls"
printf '%s\n' "$input" >> "$here/calls"
[ "$CNI_COMMAND" = ADD ] || exit 0
answer=$here/answer-${0##*/}
[ -e "$answer" ] || answer=$here/answer
IFS= read -r line < "$answer" || :
printf '%s\n' "$line"
