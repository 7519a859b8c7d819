#!/bin/sh
# Runs the companion with a Python that has aiosmtpd: the project's own environment, the system's, or the first of PATH.
folder=$(dirname "$0")
for python in "$folder/../../../../.build/python/bin/python3" /usr/bin/python3 python3; do
  if "$python" -c 'import aiosmtpd' 2>/dev/null; then exec "$python" "$folder/companion.py" "$@"; fi
done
echo "aiosmtpd is not here: install python3-aiosmtpd" >&2
exit 2
