using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Sandbox;

public sealed class SyntheticPeopleTests
{
    [Fact]
    public void There_are_forty_people_with_different_numbers_and_names()
    {
        Assert.Equal(40, SyntheticPeople.All.Count);
        Assert.Equal(40, SyntheticPeople.All.Select(person => person.NationalId).Distinct().Count());
        Assert.Equal(40, SyntheticPeople.All.Select(person => person.Name).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 40), SyntheticPeople.All.Select(person => person.Number));
    }

    [Fact]
    public void Every_number_is_in_the_Tenor_series_with_valid_control_digits()
    {
        foreach (var person in SyntheticPeople.All)
        {
            var digits = person.NationalId.Select(digit => digit - '0').ToArray();
            Assert.Equal(11, digits.Length);
            Assert.InRange((digits[2] * 10) + digits[3], 81, 92);
            Assert.InRange((digits[0] * 10) + digits[1], 1, 31);

            // The check from the receiver's side: with its own control digit included, a number's weighted sum is divisible by 11.
            Assert.Equal(0, Weighted(digits, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11);
            Assert.Equal(0, Weighted(digits, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11);
        }
    }

    [Fact]
    public void A_number_whose_control_digit_would_be_ten_is_not_made()
    {
        var born = new DateOnly(1940, 3, 1);
        var made = Enumerable.Range(0, 500).Select(individual => TenorNumber.Compute(born, individual)).ToArray();

        // About one in eleven falls out at each of the two digits.
        Assert.InRange(made.Count(number => number is null), 50, 120);
    }

    [Fact]
    public void Twenty_four_people_have_a_dispenser_of_their_own()
    {
        Assert.Equal(24, SyntheticPeople.WithDispenser.Count);
        Assert.DoesNotContain("ZZ000123", SyntheticPeople.WithDispenser.Select(person => person.DispenserSerial));
        Assert.Equal(24, SyntheticPeople.WithDispenser.Select(person => person.DispenserSerial).Distinct().Count());
    }

    [Fact]
    public void The_text_form_of_a_person_hides_number_and_name()
    {
        var person = SyntheticPeople.All[0];

        Assert.Equal("synthetic person 1", person.ToString());
    }

    private static int Weighted(int[] digits, params int[] weights) => weights.Select((weight, i) => weight * digits[i]).Sum();
}
