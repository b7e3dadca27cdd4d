"""宣传单页: an interpretation on paper for the village notice board."""
