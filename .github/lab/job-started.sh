#!/bin/bash
# Looks at each job before its first step, on the lab's own machine, where no repository can change it. docs/lab.md
# says how it is installed. Beside it: `repository` with owner/name, and `stop`, which switches the lab off.
set -eu

refuse() {
  echo "The lab refuses this job: $1." >&2
  exit 1
}

here=$(cd -- "$(dirname -- "$0")" && pwd)
[ ! -e "$here/stop" ] || refuse "it is switched off, $here/stop is there"
read -r repository < "$here/repository" || refuse "$here/repository does not name a repository"

# Of the file that runs, not of what its job calls itself.
[ "${GITHUB_WORKFLOW_REF-}" = "$repository/.github/workflows/lab.yml@refs/heads/main" ] ||
  refuse "it is not lab.yml on main of $repository"
case "${GITHUB_EVENT_NAME-}" in
  schedule | workflow_dispatch) ;;
  *) refuse 'neither the clock nor a person with write access started it' ;;
esac
