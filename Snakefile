# One rule per notebook and one that publishes. What belongs to a run, and what each stage depends on, says helpers.run.plan.
#
# No rule has a published file as its output: Snakemake deletes outputs before a job and after a failure, and believes
# what it finds. So everything is built in .build, and the last step puts the whole set in place. Executed notebooks are
# logs, because logs outlive a failure. `content` makes an edited input count even when it looks older than its output.

import json
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
    log:
        ".build/notebooks/1-clean.{area}.ipynb",
    params:
        content=lambda wildcards: plan.digest("clean", wildcards.area),
    shell:
        "briefings notebook notebooks/1-clean.ipynb --executed {log} -p area={wildcards.area}"


rule compare:
    input:
        plan.inputs("compare"),
        plan.clean,
    output:
        plan.processed,
    log:
        ".build/notebooks/2-compare.ipynb",
    params:
        content=plan.digest("compare"),
        areas=json.dumps(plan.areas),
        indicators=json.dumps(plan.indicators),
    shell:
        "briefings notebook notebooks/2-compare.ipynb --executed {log}"
        " -p areas={params.areas:q} -p indicators={params.indicators:q}"


rule briefing:
    input:
        plan.inputs("briefing"),
        plan.processed,
    output:
        ".build/reports/{subject}.{language}.html",
    log:
        ".build/notebooks/3-briefing.{subject}.{language}.ipynb",
    params:
        content=plan.digest("briefing"),
        languages=json.dumps(plan.languages),
    shell:
        "briefings notebook notebooks/3-briefing.ipynb --executed {log} --page {output}"
        " -p subject={wildcards.subject} -p language={wildcards.language} -p languages={params.languages:q}"
