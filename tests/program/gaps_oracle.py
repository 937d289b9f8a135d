"""Works catchments and sites of a random town out again with PySAL's `access` and `spopt`, and compares them with the program's answers.

    python gaps_oracle.py PROGRAM SEED        in a folder with a data folder; says 'all agree' or fails
"""
import csv
import json
import random
import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import pulp

warnings.filterwarnings("ignore")
from access import weights  # noqa: E402
from access.fca import two_stage_fca  # noqa: E402
from spopt.locate import MCLP, PMedian  # noqa: E402

PROGRAM, SEED = sys.argv[1], int(sys.argv[2])
REACH, DETOUR = 1500, 1.2
random.seed(SEED)


def run(*arguments):
    done = subprocess.run([PROGRAM, *arguments, "--db", "oracle.sqlite"], capture_output=True, text=True)
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout


def put(name, rows):
    with open(name, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def metres(a, b):
    lon, lat = np.radians(b[0] - a[0]), np.radians(b[1] - a[1])
    h = np.sin(lat / 2) ** 2 + np.cos(np.radians(a[1])) * np.cos(np.radians(b[1])) * np.sin(lon / 2) ** 2
    return DETOUR * 2 * 6371008.8 * np.arcsin(np.sqrt(h))


def point():
    return round(35 + random.random() / 15, 6), round(134 + random.random() / 15, 6)


# A town of 40 areas, each known by its own point, and 12 places.
areas = [(f"第{n}区画", *point(), random.randrange(0, 400)) for n in range(1, 41)]
put("p.csv", [["調査年月日", "地域名", "総人口", "65歳以上", "緯度", "経度"]] + [["2026-04-01", name, 3 * people, people, lat, lon] for name, lat, lon, people in areas])
put("halls.csv", [["名称", "分類", "緯度", "経度", "掲載可否"]] + [[f"会館{n}", "サロン", *point(), "○"] for n in range(12)])
run("import", "places", "halls.csv")
run("import", "population", "p.csv", "--positions", "file")
common = ["--detour", str(DETOUR), "--from", "2026-12-01", "--json"]
coverage = json.loads(run("gaps", "coverage", "--reach", str(REACH), *common))
at = {area["name"]: area["position"] for area in coverage["areas"]}
people = {area["name"]: area["people"]["65"] for area in coverage["areas"]}
names, w = list(at), np.array([people[name] for name in at], float)
halls = {f["id"]: f["geometry"]["coordinates"] for f in json.loads(run("export"))["features"] if f["geometry"]}
near = lambda a, b: abs(a - b) <= 1e-9 * max(1, abs(b))  # noqa: E731

# Coverage by plain loops.
covered = sum(people[n] for n in names if min(metres(at[n], h) for h in halls.values()) <= REACH)
assert coverage["coverage"][0]["reached"] == covered, (coverage["coverage"][0], covered)

# Catchments. `access` divides by zero for a place without anybody near, and leaves out areas beyond every place: absent is 0.
cost = pd.DataFrame([(n, h, metres(at[n], halls[h])) for n in names for h in halls], columns=["origin", "dest", "cost"])
demand, supply = pd.DataFrame({"people": w}, index=names), pd.DataFrame({"n": 1.0}, index=list(halls))
for decay, weight in [("none", None), ("step:500=1,1000=0.68,1500=0.22", weights.step_fn({500: 1, 1000: 0.68, 1500: 0.22})), ("gaussian:700", lambda d: np.exp(-d * d / (2 * 700**2)))]:
    found = json.loads(run("gaps", "catchment", "--reach", str(REACH), "--decay", decay, *common))
    theirs = two_stage_fca(demand, supply, cost, max_cost=REACH, demand_index=True, demand_name="people", supply_index=True, supply_name="n", weight_fn=weight)
    for area in found["areas"]:
        expected = theirs.get(area["name"], 0.0)
        if people[area["name"]] > 0:
            assert near(area["accessibility"], 0.0 if np.isnan(expected) else expected), (decay, area, expected)

# Sites. `spopt` counts the fixed ones among its p.
existing = np.array([[metres(at[n], h) for n in names] for h in halls.values()])
candidates = np.array([[metres(at[n], at[c]) for n in names] for c in names])
matrix, fixed = np.vstack([existing, candidates]).T, np.array([1] * len(existing) + [0] * len(candidates))
solver = pulp.PULP_CBC_CMD(msg=0, gapRel=0)
for model in ("mclp", "p-median"):
    found = json.loads(run("gaps", "site", "--model", model, "--candidates", "areas", "--reach", str(REACH), "--p", "4", *common))
    for solution in found["solutions"]:
        p = solution["p"] + len(existing)
        if model == "mclp":
            best = MCLP.from_cost_matrix(matrix, w, REACH, p, predefined_facilities_arr=fixed).solve(solver).problem.objective.value()
            assert solution["reached"] == best or not solution["exact"] and solution["reached"] >= 0.99 * best, (solution, best)
        else:
            best = PMedian.from_cost_matrix(matrix, w, p_facilities=p, predefined_facilities_arr=fixed).solve(solver).problem.objective.value() / w.sum()
            assert abs(solution["mean_m"] - best) < 1e-6 * best or not solution["exact"] and solution["mean_m"] <= 1.01 * best, (solution, best)
print("all agree")
