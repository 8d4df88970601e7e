"""Sets of models as applications have them; each module has ``metadata`` and ``DATABASES``.

``DATABASES`` names where the set can live. Nothing here knows flaskmig.
"""
