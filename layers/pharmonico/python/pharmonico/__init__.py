"""The domain of Pharmonico: prescription fulfilment, free of AWS and of any vendor."""
