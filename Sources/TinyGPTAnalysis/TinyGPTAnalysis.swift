// What the page and the command line say about names, models and runs: statistics, head measures, baselines.
