select municipality, destination from {claim}
