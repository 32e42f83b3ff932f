#!/usr/bin/env bash
# A Slurm cluster of two nodes on this machine, for as long as a command takes: tests/slurm/cluster.sh COMMAND...
# Needs root and Debian's slurm-wlm and munge; apt installs them when they are not there. Without systemd.
set -euo pipefail

# Jobs of Snakemake's plugin start without SLURM_CONF, so the configuration has to stand at Slurm's own place.
conf=/etc/slurm/slurm.conf
if [ -e $conf ]; then
	echo "$conf is there already; this test would replace a real cluster's, so it stops" >&2
	exit 2
fi
if ! command -v slurmctld munged >/dev/null; then
	apt-get update --quiet=2
	DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --no-install-recommends slurm-wlm munge >/dev/null
fi

state=$(mktemp -d)
started=()
stop() {
	scancel --user=root --state=RUNNING,PENDING 2>/dev/null || true
	for ((n = ${#started[@]} - 1; n >= 0; n--)); do # the nodes tell the controller that their jobs have ended
		kill "${started[n]}" 2>/dev/null || true
		wait "${started[n]}" 2>/dev/null || true
	done
	rm -rf "$state" $conf
}
trap stop EXIT

install -d -o munge -g munge /run/munge
runuser -u munge -- munged --foreground --force >"$state/munged.log" 2>&1 &
started+=($!)

chmod 755 "$state"
mkdir "$state/controller" "$state/n1" "$state/n2"
cat >$conf <<END
ClusterName=loopback
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
StateSaveLocation=$state/controller
SlurmdSpoolDir=$state/%n
SlurmctldPidFile=$state/slurmctld.pid
SlurmdPidFile=$state/slurmd-%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SchedulerType=sched/backfill
SelectType=select/cons_tres
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
NodeName=n1 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=17001 CPUs=2 RealMemory=4000 State=UNKNOWN
NodeName=n2 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=17002 CPUs=2 RealMemory=4000 State=UNKNOWN
PartitionName=briefings Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
END
slurmctld -D >"$state/slurmctld.log" 2>&1 &
started+=($!)
for node in n1 n2; do
	slurmd -D -N $node >"$state/$node.log" 2>&1 &
	started+=($!)
done

for _ in $(seq 60); do
	[ "$(sinfo --noheader --Node --states=idle --format=%N 2>/dev/null | wc -l)" = 2 ] && break
	sleep 0.5
done
if [ "$(sinfo --noheader --Node --states=idle --format=%N | wc -l)" != 2 ]; then
	tail -n 5 "$state"/*.log >&2
	exit 1
fi
"$@"
