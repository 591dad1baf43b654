"""One local port with a host per site, as CloudFront has it: the site's files and the API."""
