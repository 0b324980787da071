"""Files that are there whole or not at all, and folders that one command at a time writes to.

Plain Python, below all other layers: `whole` writes a file, `turns` has commands wait for one
another, `carried` brings a folder into the state of another, `called` says how one calls a command,
`places` where commands write.
"""
