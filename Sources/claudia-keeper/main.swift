import Glibc
import Keeper

exit(KeeperProgram.run(CommandLine.arguments))
