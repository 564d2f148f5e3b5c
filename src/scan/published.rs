//! Values that were published for everybody to use in tests and books. Each is exact: a value that only looks
//! like one of them is somebody's.

/// Codes of persons who do not exist, published for tests by SK ID Solutions, the Information System
/// Authority and the makers of libraries.
const TEST_PERSONS: [&str; 35] = [
    "10303030002",
    "30303039816",
    "30303039903",
    "30303039914",
    "30403039917",
    "30403039928",
    "30403039939",
    "30403039946",
    "30403039950",
    "30403039972",
    "30403039983",
    "36805280109",
    "37605030299",
    "38001085718",
    "40404039996",
    "40404040009",
    "40404049985",
    "40404049996",
    "40504040001",
    "50001018908",
    "50001029996",
    "60001017705",
    "60001017716",
    "60001017727",
    "60001017869",
    "60001018800",
    "60001019906",
    "60001019928",
    "60001019939",
    "60001019947",
    "60001019950",
    "60001019961",
    "60001019972",
    "60001019983",
    "61101012257",
];

/// Accounts that books print as examples.
const EXAMPLE_ACCOUNTS: [&str; 2] = ["EE382200221020145685", "EE471000001020145685"];

/// Telephone numbers of the persons above in the test service of Mobile-ID. Those that begin with 0 after the
/// country code belong to nobody and need no list.
const TEST_PHONES: [&str; 4] = ["+37259100366", "+37268000769", "+37259000366", "+37066000266"];

/// Whether a personal code is that of a test person.
pub fn is_test_person(code: &str) -> bool {
    TEST_PERSONS.contains(&code)
}

/// Whether an account without spaces is an example.
pub fn is_example_account(account: &str) -> bool {
    EXAMPLE_ACCOUNTS.contains(&account)
}

/// Whether a number of digits with `+` is that of a test person.
pub fn is_test_phone(number: &str) -> bool {
    TEST_PHONES.contains(&number)
}
