PATHS = ["/credentials", "/credentials?q=welding", "/credentials?q=nothingmatchesthis"]
