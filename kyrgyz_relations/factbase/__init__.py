"""From a TOML file to answers: `source` reads and checks it, `index` keeps it at hand, `search` asks it."""
