# One rule per notebook and one that publishes. What belongs to a run, and what each stage depends on, says helpers.run.plan.
#
# No rule has a published file as its output: Snakemake deletes outputs before a job and after a failure, and believes
# what it finds. So everything is built in .build, and the last step puts the whole set in place. `content` makes an
# edited input count even when it looks older than its output. Under `briefings run` the jobs are done by the run itself.

from pathlib import Path

from helpers.run.plan import CLEAN_TABLES, load_plan

plan = load_plan(Path())


rule publish:
    input:
        plan.built,
    shell:
        "briefings publish"


rule clean:
    input:
        lambda wildcards: plan.inputs("clean", wildcards.area),
    output:
        expand(".build/clean/{{area}}/{table}.csv", table=CLEAN_TABLES),
    params:
        content=lambda wildcards: plan.digest("clean", wildcards.area),
    shell:
        "briefings render clean {wildcards.area}"


rule compare:
    input:
        plan.inputs("compare"),
        plan.clean,
    output:
        plan.processed,
    params:
        content=plan.digest("compare"),
    shell:
        "briefings render compare"


rule briefing:
    input:
        plan.inputs("briefing"),
        plan.processed,
    output:
        expand(".build/reports/{{subject}}.{language}.html", language=plan.languages),
    params:
        content=lambda wildcards: plan.digest("briefing", wildcards.subject),
    shell:
        "briefings render briefing {wildcards.subject}"
