"""Rules of our own making: grid operations, the programs composed of them, and inputs to run them on."""
