"""Search: an index of all that was said, kept beside the timeline by a follower of the feed, and asked in bounded
steps.
"""
