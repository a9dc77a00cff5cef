"""Who may use the panel: accounts, how they sign in, and their sessions."""
