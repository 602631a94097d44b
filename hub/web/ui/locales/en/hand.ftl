### Hand
