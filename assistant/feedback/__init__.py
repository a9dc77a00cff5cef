"""The recommendation database: what citizens send is kept, understood, brought to those who can act and followed until it is answered."""
