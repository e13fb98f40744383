"""The rota: its solver and its independent checker, its file, its pictures and exports."""
