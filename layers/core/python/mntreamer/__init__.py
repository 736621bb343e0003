"""mntreamer notices when a streamer goes live, records the whole stream and publishes it as HLS.

`domain` decides, `usecases` say what happens, `ports` name what they need from outside; `platforms`, `recorder`
and `api` do the talking, `aws` (and `mntreamer_local` on one machine) fill the ports and put it all together.
"""
