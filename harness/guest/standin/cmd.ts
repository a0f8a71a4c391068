/** Stands where Windows has cmd.exe and knows one of its commands, `ver`. It does not claim to be Windows. */
export const CMD = String.raw`#!/bin/sh
case "$*" in
  */c*ver) printf '\r\ncode43 stand-in [Version 0.1.0.0]\r\n' ;;
  *) exit 1 ;;
esac
`;
