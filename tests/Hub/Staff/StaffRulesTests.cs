using Vkp.Hub.Registry;
using Vkp.Hub.Staff;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Staff;

public class StaffRulesTests
{
    private const string Issuer = "https://login.example.org";

    private static readonly DateTimeOffset Now = new(2026, 2, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly StaffPerson Berit = new(Issuer, "berit", Now.AddHours(1));
    private static readonly RegistryState Begun = After(new StaffGranted(Issuer, "berit", StaffRole.Brukeradmin, null));

    [Fact]
    public void The_machine_gives_the_first_role_and_a_brukeradmin_the_others()
    {
        Assert.Null(StaffRules.Check(RegistryState.Empty(888134574), by: null, new StaffGranted(Issuer, "berit", StaffRole.Brukeradmin, null), Now));
        Assert.Null(StaffRules.Check(Begun, Berit, new StaffGranted(Issuer, "oda", StaffRole.Overvaking, Now.AddDays(1)), Now));
    }

    [Fact]
    public void Nobody_gives_himself_a_role_or_takes_one_from_himself()
    {
        var two = Begun.Apply(new StaffGranted(Issuer, "carl", StaffRole.Brukeradmin, null), 2);

        Assert.Equal("VKP-822", StaffRules.Check(two, Berit, new StaffGranted(Issuer, "berit", StaffRole.Administrasjon, null), Now)?.Code);
        Assert.Equal("VKP-822", StaffRules.Check(two, Berit, new StaffRevoked(Issuer, "berit", StaffRole.Brukeradmin))?.Code);
    }

    [Fact]
    public void The_same_subject_of_another_issuer_is_another_person() =>
        Assert.Null(StaffRules.Check(Begun, Berit, new StaffGranted("https://other.example.org", "berit", StaffRole.Administrasjon, null), Now));

    [Fact]
    public void The_last_brukeradmin_stays_and_gets_no_end_whoever_asks()
    {
        Assert.Equal("VKP-823", StaffRules.Check(Begun, by: null, new StaffRevoked(Issuer, "berit", StaffRole.Brukeradmin))?.Code);
        Assert.Equal("VKP-823", StaffRules.Check(Begun, by: null, new StaffGranted(Issuer, "berit", StaffRole.Brukeradmin, Now.AddDays(1)), Now)?.Code);
        var limited = Begun.Apply(new StaffGranted(Issuer, "carl", StaffRole.Brukeradmin, Now.AddDays(1)), 2);
        Assert.Equal("VKP-823", StaffRules.Check(limited, by: null, new StaffRevoked(Issuer, "berit", StaffRole.Brukeradmin))?.Code);
        var lasting = Begun.Apply(new StaffGranted(Issuer, "carl", StaffRole.Brukeradmin, null), 2);
        Assert.Null(StaffRules.Check(lasting, by: null, new StaffRevoked(Issuer, "berit", StaffRole.Brukeradmin)));
    }

    [Fact]
    public void What_nobody_has_is_not_revoked() =>
        Assert.Equal("VKP-824", StaffRules.Check(Begun, by: null, new StaffRevoked(Issuer, "berit", StaffRole.Overvaking))?.Code);

    [Fact]
    public void A_grant_without_a_person_or_without_time_is_refused_and_a_number_never_repeated()
    {
        var number = SyntheticPeople.All[0].NationalId;
        Assert.Equal("VKP-825", StaffRules.Check(Begun, Berit, new StaffGranted(Issuer, "a b", StaffRole.Overvaking, null), Now)?.Code);
        Assert.Equal("VKP-825", StaffRules.Check(Begun, Berit, new StaffGranted("login", "oda", StaffRole.Overvaking, null), Now)?.Code);
        Assert.Equal("VKP-825", StaffRules.Check(Begun, Berit, new StaffGranted(Issuer, "oda", StaffRole.Overvaking, Now), Now)?.Code);
        var refused = StaffRules.Check(Begun, Berit, new StaffGranted(Issuer, number, StaffRole.Overvaking, null), Now)!;
        Assert.Equal("VKP-825", refused.Code);
        Assert.DoesNotContain(number, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_acts_sees_and_nobody_has_a_role_by_another_otherwise()
    {
        var covered = from held in Enum.GetValues<StaffRole>() from needed in Enum.GetValues<StaffRole>() where held.Covers(needed) select (held, needed);

        Assert.Equal(
            [(StaffRole.Overvaking, StaffRole.Overvaking), (StaffRole.Administrasjon, StaffRole.Overvaking), (StaffRole.Administrasjon, StaffRole.Administrasjon), (StaffRole.Brukeradmin, StaffRole.Brukeradmin)],
            covered);
    }

    [Fact]
    public void The_same_role_again_changes_its_end_and_the_end_itself_is_outside()
    {
        var state = Begun.Apply(new StaffGranted(Issuer, "oda", StaffRole.Overvaking, null), 2).Apply(new StaffGranted(Issuer, "oda", StaffRole.Overvaking, Now), 3);

        Assert.Equal(2, state.Staff.Count);
        Assert.True(state.Staff.Hold(Issuer, "oda", StaffRole.Overvaking, Now.AddTicks(-1)));
        Assert.False(state.Staff.Hold(Issuer, "oda", StaffRole.Overvaking, Now));
    }

    private static RegistryState After(StaffGranted first) => RegistryState.Empty(888134574).Apply(first, 1);
}
