"""ministack, with a note in place of what it would refuse a whole stack for: run by its own Python."""

from ministack.app import main  # type: ignore[import-not-found]  # it lives in an environment of its own
from ministack.services.cloudformation import provisioners  # type: ignore[import-not-found]

# Queries that are kept for people, and a budget: nothing asks for them.
_NOTED = ("AWS::Logs::QueryDefinition", "AWS::Budgets::Budget")
_HANDLERS = provisioners._RESOURCE_HANDLERS

if __name__ == "__main__":
    for kind in _NOTED:
        _HANDLERS.setdefault(kind, _HANDLERS["AWS::CDK::Metadata"])
    main()
