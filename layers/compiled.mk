# Beside a layer's files Lambda can write nothing, so they come compiled: else each cold start does it anew, and takes
# three times as long. Only its own Python writes what it reads; where there is none, the layers do without.
LAMBDA_PYTHON ?= python3.13
COMPILE = if $(LAMBDA_PYTHON) --version > /dev/null 2>&1; then $(LAMBDA_PYTHON) -m compileall -q \
	--invalidation-mode unchecked-hash -s "$(ARTIFACTS_DIR)" -p /opt "$(ARTIFACTS_DIR)/python"; \
	else echo "There is no $(LAMBDA_PYTHON): functions will start slowly (docs/aws.md)." >&2; fi
