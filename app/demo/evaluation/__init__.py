"""What changed, on what evidence: the demo's indicators, maps and notes. What the papers do not give is plainly invented."""
