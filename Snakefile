# One rule per notebook and one that publishes. What belongs to a run, and what each stage depends on, says helpers.run.plan.
#
# No rule has a published file as its output: Snakemake deletes outputs before a job and after a failure, and believes
# what it finds. So everything is built in .build, and the last step puts the whole set in place. What people write
# counts by its contents, of which each stage has a digest. Under `briefings run` the jobs are done by the run itself.

from pathlib import Path

from helpers.run.plan import CLEAN_TABLES, load_plan

plan = load_plan(Path())
if workflow.is_main_process:  # the jobs of a cluster read this file as well
    plan.note_digests()


rule publish:
    input:
        plan.built,
    shell:
        "briefings publish"


rule clean:
    input:
        plan.noted("clean", "{area}"),
    output:
        expand(".build/clean/{{area}}/{table}.csv", table=CLEAN_TABLES),
    shell:
        "briefings render clean {wildcards.area}"


rule compare:
    input:
        plan.noted("compare"),
        plan.clean,
    output:
        plan.processed,
    shell:
        "briefings render compare"


rule briefing:
    input:
        plan.noted("briefing", "{subject}"),
        plan.processed,
    output:
        expand(".build/reports/{{subject}}.{language}.html", language=plan.languages),
    shell:
        "briefings render briefing {wildcards.subject}"
