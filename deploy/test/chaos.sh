#!/bin/sh
# Runs tasks while workers are killed and paused, and checks that nothing is lost and nothing is left; builds what it
# needs before. The last line of its output has the figures as JSON.
#
#   chaos.sh [seconds]
#
#   JAVA_HOME  the JDK to use, else the java on the PATH
set -eu

fail() {
  printf 'chaos: %s\n' "$2" >&2
  exit "$1"
}

root=$(CDPATH='' cd -P -- "$(dirname -- "$(readlink -f "$0")")/../.." && pwd)
if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
  [ -x "$java" ] || fail 1 "JAVA_HOME=$JAVA_HOME has no bin/java (a JDK of Java 17 or newer is needed)"
else
  java=$(command -v java) || fail 1 'no java found: install a JDK of Java 17 or newer, or set JAVA_HOME'
fi

# The program checks its arguments itself; this is for what would be built in vain.
case $#,${1:-} in
  0, | 1,[1-9]*) ;;
  *) fail 2 'wrong arguments; usage: chaos.sh [seconds], from 5 to 86400, 25 if not said' ;;
esac

# Prints the class path of a build that nothing is newer than, or nothing. "quick" is what build() makes below.
class_path() {
  for kind in target target/quick; do
    lib=$root/examples/$kind/lib
    tests=$root/deploy/$kind/test-classes
    if [ -e "$lib.built" ] && [ -e "$tests/taskpool/chaos/Chaos.class" ] && ! outdated "$lib.built"; then
      printf '%s\n' "$tests:$lib/*"
      return
    fi
  done
}

# Whether a pom, a main source or a source of this program is newer than file $1.
outdated() {
  built=$1
  set -- "$root/deploy/src/test/java/taskpool/chaos" "$root/deploy/src/test/java/taskpool/system/ProcessTree.java"
  for path in "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main; do
    case $path in
      "$root"/docs/* | "$root"/benchmarks/*) ;; # not on the class path
      *) if [ -e "$path" ]; then set -- "$@" "$path"; fi ;;
    esac
  done
  [ -n "$(find "$@" -newer "$built" | head -n 1)" ]
}

build() {
  command -v mvn >/dev/null || fail 1 'not built yet, and no mvn found: install Maven 3.8 or newer'
  echo 'chaos: building what it needs …' >&2
  log=$(mktemp "${TMPDIR:-/tmp}/chaos-build.XXXXXX")
  trap 'rm -f "$log"' EXIT
  trap 'exit 130' INT TERM
  if ! (cd "$root" && mvn -B -q -ntp -Dstyle.color=never -Dquick -DskipTests -pl examples -am package) \
    >"$log" 2>&1 </dev/null 9<&-; then
    tail -n 25 "$log" >&2
    fail 1 "the build failed; in $root: mvn -Dquick -DskipTests -pl examples -am package"
  fi
  rm -f "$log"
  trap - EXIT INT TERM
}

class_path=$(class_path)
if [ -z "$class_path" ]; then
  # One builds, the others wait and use what it built. It is the lock of the command line, which builds the same folders.
  exec 9<"$root/deploy/bin/taskpool"
  if command -v flock >/dev/null; then flock 9 || :; fi
  class_path=$(class_path)
  if [ -z "$class_path" ]; then
    build
    class_path=$(class_path)
  fi
  exec 9<&-
  [ -n "$class_path" ] || fail 1 'the sources changed during the build: start again'
fi

# How many columns the progress line may have on standard error: none if that is not a terminal.
columns=0
if [ -t 2 ]; then
  columns=$(stty size <&2 2>/dev/null | cut -d ' ' -f 2) || :
  [ "${columns:-0}" -gt 0 ] || columns=80
fi

set -- -Xmx256m -Dtaskpool.terminal.columns="$columns" -Dlogback.configurationFile="$root/.mvn/logback-test.xml" \
  -cp "$class_path" taskpool.chaos.Chaos "$@"
# From Java 24 on, the use of Unsafe by Akka's libraries prints a warning.
major=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
if [ "${major:-0}" -ge 24 ]; then set -- --sun-misc-unsafe-memory-access=allow "$@"; fi
exec "$java" "$@"
