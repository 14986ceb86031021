"""`python -m benchmarks`: everything, one after the other."""

import asyncio

from benchmarks import answers, fanout, files_touched, organizing, posting, readers, reading, ready, season, starting

reading.main()
season.main([])
asyncio.run(organizing.main())
asyncio.run(starting.main())
asyncio.run(ready.main())
asyncio.run(answers.main())
asyncio.run(posting.main())
asyncio.run(fanout.main())
asyncio.run(readers.main())
asyncio.run(files_touched.main())
