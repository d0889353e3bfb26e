/// claudia's version, as `claudia --version` and `supervisor.json` tell it.
public let claudiaVersion = "0.1.0"
