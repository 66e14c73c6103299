"""The nouns, one a module: frozen values decoded from documents."""
