inputs | "\(.change // .kind) \(.id // .name): \(.title // "")"
