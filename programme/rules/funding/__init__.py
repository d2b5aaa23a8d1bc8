"""The funding rules F01-F36: one small pure function a rule; facts go in, findings come out."""
