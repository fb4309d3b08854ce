"""Runs Rekindle on one machine, each part a process: Prefect, the schedules, the web page, the mailbox."""
