using System.Collections.Concurrent;
using System.Reflection;
using Vkp.Adapters;
using Vkp.EndToEnd.Tests.Kill;

#pragma warning disable MA0047 // the runtime looks for the type by this name without a namespace

/// <summary>
/// Plants one of two bugs in a hub process before its own code runs. The runtime calls it when DOTNET_STARTUP_HOOKS names this assembly, and demands this name and no
/// namespace. The product has no switch for it.
/// </summary>
internal static class StartupHook
{
    public const string Variable = "VKP_TEST_PLANT";
    public const string SettleBeforeSend = "settle-before-send";
    public const string NoLeaseEpoch = "no-lease-epoch";

    public static void Initialize()
    {
        switch (Environment.GetEnvironmentVariable(Variable))
        {
            case SettleBeforeSend:
                PlantAdapter();
                break;
            case NoLeaseEpoch:
                PlantStatement("Delivery.check-leases.sql", "select held.tenant from unnest($1, $2) as held (tenant, epoch) where $3 is not null");
                break;
        }
    }

    private static void PlantAdapter()
    {
        var catalogue = EpjCatalog.All;
        var adapters = (IEpjAdapter[])catalogue.GetType().GetField("_items", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(catalogue)!;
        for (var i = 0; i < adapters.Length; i++) adapters[i] = new HastyAdapter(adapters[i]);
    }

    private static void PlantStatement(string name, string text)
    {
        var texts = Assembly.Load("Vkp.Hub").GetType("Vkp.Hub.Sql")!.GetField("Texts", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        ((ConcurrentDictionary<string, string>)texts)[name] = text;
    }
}
