import Keeper
