"""`python -m arc_ttt` is `arc-ttt`."""

from arc_ttt.cli.start import main

if __name__ == "__main__":
    main()
