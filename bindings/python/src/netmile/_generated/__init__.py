"""Generated code. Import netmile instead."""
