"""What organizers do by `/admin`: changing the schedule, speaking to everybody, and looking after the bot."""
