"""`python -m benchmarks`: everything, one after the other."""

import asyncio

from benchmarks import answers, reading

reading.main()
asyncio.run(answers.main())
