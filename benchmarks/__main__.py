"""`python -m benchmarks`: everything, one after the other."""

import asyncio

from benchmarks import answers, posting, reading

reading.main()
asyncio.run(answers.main())
asyncio.run(posting.main())
