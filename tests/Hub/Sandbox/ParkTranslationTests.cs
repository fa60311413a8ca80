using Vkp.Adapters;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>What the simulated dispensers write, the translator of their format understands.</summary>
public sealed class ParkTranslationTests
{
    private static readonly DispenserSite Site = new("312229544");

    [Fact]
    public void Every_event_of_a_week_is_translated_or_needs_no_journal()
    {
        var vendor = VendorCatalog.Find("evondos-style")!;
        var week = DispenserDay.Between(7, Site, SyntheticPeople.All, SetClock.Noon.AddDays(-7), SetClock.Noon);

        foreach (var happened in week)
        {
            var translation = vendor.Translate(new VendorPayload(happened.Body, happened.SendAt));
            var envelope = translation switch
            {
                Translation.Translated translated => translated.Envelope,
                Translation.NothingToJournal nothing => nothing.Envelope,
                _ => throw new Xunit.Sdk.XunitException($"{happened} became {translation.GetType().Name}"),
            };
            Assert.Equal((happened.EventId, happened.EventType, happened.OccurredAt), (envelope.SourceMessageId, envelope.EventKind, envelope.OccurredAt));
            Assert.Equal(happened.DeviceSerial, envelope.Device?.Value);
        }
    }

    [Fact]
    public void Every_event_type_of_the_catalogue_can_be_triggered_and_is_understood()
    {
        Assert.Equal(VendorCatalog.Find("evondos-style")!.Kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal), TriggerEvents.Names.Order(StringComparer.Ordinal));
        foreach (var name in TriggerEvents.Names)
        {
            var happened = TriggerEvents.Create(name, Site, SyntheticPeople.All[0], SetClock.Noon, Guid.Empty)!;

            var translation = VendorCatalog.Find("evondos-style")!.Translate(new VendorPayload(happened.Body, SetClock.Noon));

            Assert.True(translation is Translation.Translated or Translation.NothingToJournal, $"{name} became {translation}");
            if (!TriggerEvents.RaisesAlert(name)) continue;
            var opens = Assert.IsType<Translation.Translated>(translation);
            Assert.Equal(CaseRole.Opens, opens.CaseRole);
            Assert.Equal([TriggerEvents.AlertIdOf(Guid.Empty)], opens.CaseIds);
        }
    }
}
