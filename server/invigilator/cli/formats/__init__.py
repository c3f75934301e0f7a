"""The formats of `invigilator check`, one file each: a printer gets every report, one by one, and then the end."""
