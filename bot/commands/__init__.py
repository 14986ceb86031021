"""What can be asked, and what is answered: requests, replies and the commands between them."""
