"""An invented but credible justice sector to try the product on.

The provinces and the structure of the ministry follow public decrees. People, head counts, inner
divisions and decisions whose number begins with 99 are invented.
"""
