"""What git says: of files, of branches, and of earlier versions. It is asked, and changes nothing."""
